import type { Context } from 'mocha';
import type { Tool } from './tool-cache.js';

/**
 * The path of a tool. Where it is missing the suite is skipped with a line that says how to get it; in CI that is an
 * error, since a suite that is skipped there would never run at all.
 */
export function requireTool(context: Context, tool: Tool): string {
  if ('path' in tool) return tool.path;
  if (process.env['CI'] === 'true') throw new Error(tool.missing);
  process.stderr.write(`skipped, since this is missing: ${tool.missing}\n`);
  return context.skip();
}
