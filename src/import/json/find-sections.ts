import type { JsonValue } from './json-value.js';

/** Which objects hold the configuration of a domain, and what they call it. */
export interface SectionForm {
  /** Key of the section, such as `Referer`. */
  readonly section: string;
  /** Keys of the domain's name. */
  readonly domain: readonly string[];
  /** A key that shows the outermost object to be the section itself. */
  readonly bare: string;
  /** Objects that are not looked into. */
  readonly skip?: readonly string[];
}

/** A section, and what stands around it. */
export interface FoundSection {
  readonly section: JsonValue;
  /** The object that it is a member of; the section itself where that is all there is. */
  readonly holder: JsonValue;
  /** `undefined` where the text does not name it. */
  readonly domain: string | undefined;
}

/**
 * Finds a section wherever it stands: in a request, in an answer with one domain or a list of them, in a Terraform
 * state (where blocks are lists of one), or alone.
 */
export function findSections(root: JsonValue, form: SectionForm): readonly FoundSection[] {
  if (root.get(form.bare) !== undefined) return [{ section: root, holder: root, domain: domainOf(root, form) }];
  const found: FoundSection[] = [];
  visit(root, undefined, form, found);
  return found;
}

function visit(value: JsonValue, outer: string | undefined, form: SectionForm, found: FoundSection[]): void {
  if (value.isList) for (const item of value.items()) visit(item, outer, form, found);
  const domain = domainOf(value, form) ?? outer;
  for (const [key, member] of value.members()) {
    if (key === form.section) found.push(...sectionsIn(member).map((section) => ({ section, holder: value, domain })));
    else if (form.skip?.includes(key) !== true) visit(member, domain, form, found);
  }
}

function sectionsIn(member: JsonValue): readonly JsonValue[] {
  const candidates = member.isList ? member.items() : [member];
  return candidates.filter((each) => each.isObject);
}

function domainOf(value: JsonValue, { domain }: SectionForm): string | undefined {
  const name = value.get(...domain);
  // `name` may be that of many things.
  return name?.isText === true && name.text().includes('.') ? name.text() : undefined;
}
