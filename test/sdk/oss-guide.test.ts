import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fromRoot } from '../support/paths.js';
import { requireTool } from '../support/require-tool.js';
import { pythonPackages } from '../support/tool-cache.js';
import { type Scene, shopClient, useScene } from './scene.js';
import { pythonPath, REQUIREMENTS, type Style } from './sdk-program.js';

/**
 * The three programs of Alibaba OSS: Python SDK, "Anti-leech", in `python/guide`, to the byte. They run as they stand,
 * but for the endpoint, the keys and the bucket. `clear` uses BucketReferer without importing it, with Alibaba's own
 * endpoint too: it is run with the line that `configure` has for it.
 */
type Program = 'configure' | 'obtain' | 'clear';

/** Asked after each program: a Referer, and whether the list that `configure` sets lets it pass. */
const REFERERS: readonly (readonly [referer: string | undefined, passes: boolean])[] = [
  [undefined, true],
  ['http://aliyun.com', true],
  ['http://aliyun.com/page', true],
  ['http://www.aliyuncs.com/', true],
  ['http://a.b.aliyuncs.com/x?y=z', true],
  ['https://aliyun.com/', false],
  ['http://www.aliyun.com/', false],
  ['http://leech.example/', false],
];

describe("the programs of the Python SDK's guide", function () {
  this.timeout(60_000);
  const scene = useScene();
  let packages: string;

  before(function () {
    this.timeout(300_000);
    packages = requireTool(this, pythonPackages(REQUIREMENTS));
  });

  function python(input: string) {
    const env = { ...process.env, PYTHONPATH: pythonPath(packages) };
    return spawnSync('python3', ['-'], { input, env, encoding: 'utf8' });
  }

  function run(program: Program, style: Style): string {
    const text = programText(program, scene(), style);
    const { status, stdout, stderr } = python(program === 'clear' ? withImport(text) : text);
    expect(status, stderr).to.equal(0);
    return stdout;
  }

  const statuses = (): Promise<number[]> =>
    scene().statuses(
      'img.shop.example',
      REFERERS.map(([referer]) => referer),
    );

  for (const [style, address] of [
    ['path', 'an address as the endpoint'],
    ['host', 'a name as the endpoint'],
  ] as const) {
    it(`configure, obtain and clear through Envoy, with ${address}`, async () => {
      expect(run('configure', style)).to.equal('');
      const protectedAsListed = REFERERS.map(([, passes]) => (passes ? 200 : 403));
      expect(await statuses()).to.deep.equal(protectedAsListed);

      const printed = "allow empty referer=True, referers=['http://aliyun.com', 'http://*.aliyuncs.com']\n";
      expect(run('obtain', style)).to.equal(printed);
      expect(await statuses()).to.deep.equal(protectedAsListed);

      expect(run('clear', style)).to.equal('');
      expect(await statuses()).to.deep.equal(REFERERS.map(() => 200));
      expect(run('obtain', style)).to.equal('allow empty referer=True, referers=[]\n');
    });
  }

  it('lack an import in clear, which fails before it asks anybody', () => {
    const { stderr } = python(programText('clear', scene(), 'path'));
    expect(stderr).to.contain("NameError: name 'BucketReferer' is not defined");
  });
});

function withImport(text: string): string {
  return text.replace('import oss2\n', 'import oss2\nfrom oss2.models import BucketReferer\n');
}

function programText(program: Program, scene: Scene, style: Style): string {
  const { endpoint, id, secret } = shopClient(scene, style);
  return readFileSync(fromRoot(`test/sdk/python/guide/${program}.py`), 'utf8')
    .replace('http://oss-cn-hangzhou.aliyuncs.com', endpoint)
    .replace('<yourAccessKeyId>', id)
    .replace('<yourAccessKeySecret>', secret)
    .replace('<yourBucketName>', 'shop-images');
}
