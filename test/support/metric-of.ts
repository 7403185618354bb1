import { exchange } from './http-exchange.js';

/** The sum over all series of a metric, as an admin port tells it; `labels` narrows: `reason="age"`. */
export async function metricOf(admin: string, name: string, labels = ''): Promise<number> {
  const { body } = await exchange(admin, { path: '/metrics' });
  return body
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || (line.startsWith(`${name}{`) && line.includes(labels)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
