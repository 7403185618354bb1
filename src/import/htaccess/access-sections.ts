import type { Container, Directive } from './read-directives.js';

/** What `Order`, `Allow`, `Deny` (Apache 2.2) and `Require` (2.4) say in one container. */
export interface AccessSection {
  /** Of the first of them that names a variable. */
  readonly line: number;
  /** Without `<RequireAll>` and the like. */
  readonly containers: readonly Container[];
  readonly directives: readonly Directive[];
}

const accessDirectives = new Set(['order', 'allow', 'deny', 'require']);
const groups = new Set(['requireall', 'requireany', 'requirenone']);

/** The sections that let environment variables decide; others are about something else. */
export function accessSections(directives: readonly Directive[]): readonly AccessSection[] {
  const sections = new Map<string, Directive[]>();
  for (const directive of directives) {
    if (!accessDirectives.has(directive.name)) continue;
    // Both versions of Apache may be spoken to, one after the other; they are read apart.
    const key = [directive.name === 'require', ...directive.containers.map(({ line }) => line)].join(' ');
    const section = sections.get(key);
    if (section === undefined) sections.set(key, [directive]);
    else section.push(directive);
  }
  return [...sections.values()].flatMap(sectionOf);
}

function sectionOf(directives: readonly Directive[]): AccessSection[] {
  const first = directives.find(({ args }) => args.some((word) => /^env\b/i.test(word)));
  if (first === undefined) return [];
  return [{ line: first.line, containers: first.containers.filter(({ name }) => !groups.has(name)), directives }];
}
