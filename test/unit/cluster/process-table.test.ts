import { expect } from 'chai';
import { ProcessTable } from '#refgate/cluster/process-table.js';

const heap = 'nodejs_heap_size_used_bytes';
const figures = (value: number) => ({ [heap]: [{ labels: {}, value }] });

async function heapOf(table: ProcessTable) {
  const [values] = await Promise.all(
    table.metrics.filter(({ name }) => name === heap).map((metric) => metric.values()),
  );
  return values?.map(({ labels, value }) => [labels['worker'], labels['worker'] === 'primary' ? 'its own' : value]);
}

describe('ProcessTable', () => {
  it('tells the figures of the primary and of the workers apart', async () => {
    const table = new ProcessTable();
    await table.show([
      [1, figures(10)],
      [2, figures(20)],
    ]);
    expect(await heapOf(table)).to.deep.equal([
      ['primary', 'its own'],
      ['1', 10],
      ['2', 20],
    ]);
  });

  it('forgets a worker that was not asked, or did not answer', async () => {
    const table = new ProcessTable();
    await table.show([[1, figures(10)]]);
    await table.show([[2, figures(20)]]);
    expect(await heapOf(table)).to.deep.equal([
      ['primary', 'its own'],
      ['2', 20],
    ]);
  });

  it('is whole while somebody else asks', async () => {
    const table = new ProcessTable();
    await table.show([[1, figures(10)]]);
    const next = table.show([[1, figures(11)]]);
    expect(await heapOf(table)).to.deep.equal([
      ['primary', 'its own'],
      ['1', 10],
    ]);
    await next;
  });
});
