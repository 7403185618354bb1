import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fromRoot } from '../support/paths.js';
import { type Instruction, parseDockerfile, parseEnv, parseExec } from './dockerfile.js';

/** What a build leaves: a file tree and how it is run. */
export interface Image {
  /** The last stage's root folder. */
  readonly root: string;
  workdir: string;
  user: string;
  env: Record<string, string>;
  entrypoint: string[];
  cmd: string[];
  healthcheck: string[];
}

/**
 * Carries out a Dockerfile without a container engine: each stage is a folder under `into`, COPY copies between them,
 * RUN runs in the stage's WORKDIR with this machine's Node in place of the base image. An instruction it does not know
 * is an error, so that nothing in the file goes untested.
 */
export function buildImage(dockerfile: string, into: string): Image {
  const context = join(into, 'context');
  copyContext(`${dockerfile}.dockerignore`, context);
  const stages = new Map<string, Image>();
  let image: Image | undefined;
  const sourceOf = (stage: string | undefined): string | undefined =>
    stage === undefined ? context : stages.get(stage)?.root;
  for (const { keyword, value } of parseDockerfile(readFileSync(fromRoot(dockerfile), 'utf8'))) {
    if (keyword === 'FROM') {
      image = newStage(join(into, `stage-${stages.size}`));
      stages.set(/\sAS\s+(\S+)$/i.exec(value)?.[1] ?? '', image);
    } else if (image) carryOut({ keyword, value }, image, sourceOf);
  }
  if (!image) throw new Error(`${dockerfile} has no FROM`);
  return image;
}

/** What the build is sent: the ignore file leaves everything out but the names it takes back in with `!`. */
function copyContext(ignoreFile: string, context: string): void {
  const lines = readFileSync(fromRoot(ignoreFile), 'utf8').split('\n');
  if (!lines.includes('**')) throw new Error(`${ignoreFile} must begin by leaving everything out`);
  for (const name of lines.flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []))) {
    cpSync(fromRoot(name), join(context, name), { recursive: true });
  }
}

/** The folder that COPY takes from: a stage's by its name, the build context's without one. */
type SourceOf = (stage: string | undefined) => string | undefined;

function newStage(root: string): Image {
  mkdirSync(root);
  return { root, workdir: '/', user: '', env: {}, entrypoint: [], cmd: [], healthcheck: [] };
}

function carryOut({ keyword, value }: Instruction, image: Image, sourceOf: SourceOf): void {
  switch (keyword) {
    case 'WORKDIR':
      image.workdir = value;
      mkdirSync(join(image.root, value), { recursive: true });
      break;
    case 'COPY':
      copy(value, image, sourceOf);
      break;
    case 'RUN':
      run(value, image);
      break;
    case 'ENV':
      Object.assign(image.env, parseEnv(value));
      break;
    case 'USER':
      image.user = value;
      break;
    case 'ENTRYPOINT':
      image.entrypoint = parseExec(value);
      break;
    case 'CMD':
      image.cmd = parseExec(value);
      break;
    case 'HEALTHCHECK':
      image.healthcheck = parseExec(value);
      break;
    case 'EXPOSE':
      break;
    default:
      throw new Error(`nothing here carries out ${keyword}`);
  }
}

function copy(value: string, image: Image, sourceOf: SourceOf): void {
  const words = value.split(/\s+/);
  const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
  const target = join(image.root, image.workdir, words.pop() ?? '');
  const folder = sourceOf(from);
  if (folder === undefined) throw new Error(`COPY ${value}: no such stage`);
  for (const source of words) {
    const path = join(folder, source);
    // A folder's content is copied, a file keeps its name below a target that is a folder.
    const isFile = statSync(path).isFile();
    cpSync(path, isFile && existsSync(target) ? join(target, basename(path)) : target, { recursive: true });
  }
}

function run(command: string, image: Image): void {
  const cwd = join(image.root, image.workdir);
  const done = spawnSync('sh', ['-c', command], { cwd, env: { ...process.env, ...image.env }, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`RUN ${command}: ${done.stdout}${done.stderr}`);
}
