import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type ChosenFormat, chooseFormat } from '#refgate/replay/format/choose-format.js';
import type { LoggedFields } from '#refgate/replay/format/logged-fields.js';
import { fromRoot } from '../../../support/paths.js';

function choose(wanted: string | undefined, ...sample: readonly string[]): ChosenFormat {
  const chosen = chooseFormat(wanted, sample);
  if ('problem' in chosen) throw new Error(chosen.problem);
  return chosen;
}

function problem(wanted: string | undefined, ...sample: readonly string[]): string {
  const chosen = chooseFormat(wanted, sample);
  return 'problem' in chosen ? chosen.problem : '';
}

/** The fields of a line, as an object without those that it lacks; headers by their names. */
function read(wanted: string | undefined, line: string): Record<string, unknown> | undefined {
  const fields: LoggedFields | undefined = choose(wanted, line).format.read(line);
  if (fields === undefined) return undefined;
  const { headers, ...others } = fields;
  const given = Object.entries(others).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), ...Object.fromEntries(headers) };
}

function logLines(name: string): string[] {
  return readFileSync(fromRoot(`test/fixtures/logs/${name}`), 'utf8')
    .trimEnd()
    .split('\n');
}

const combinedLine =
  '192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET /a.jpg HTTP/1.1" 200 203 "https://shop.example/" "Mozilla/5.0"';

const ofCombined = {
  clientIp: '192.0.2.1',
  time: '17/May/2015:10:05:03 +0000',
  request: 'GET /a.jpg HTTP/1.1',
  status: '200',
  bytes: '203',
  referer: ['https://shop.example/'],
  'user-agent': ['Mozilla/5.0'],
};

describe('log formats', () => {
  describe('told from the first lines', () => {
    for (const [name, format] of [
      ['combined.log', 'combined'],
      ['combined-vhost.log', 'combined-vhost'],
      ['envoy.json.log', 'JSON'],
      ['nginx.json.log', 'JSON'],
      ['caddy.json.log', 'JSON'],
      ['traefik.json.log', 'JSON'],
    ] as const) {
      it(`${name}: ${format}, which reads every line of it`, () => {
        const lines = logLines(name);
        const chosen = choose(undefined, ...lines);
        expect(chosen.format.name).to.equal(format);
        expect(chosen.detected).to.equal('yes');
        for (const line of lines) expect(chosen.format.read(line)?.headers.get('referer'), line).to.have.length(1);
      });
    }

    it('by the majority, since the first lines of a log may be anything', () => {
      expect(choose(undefined, '\x16\x03\x01', '{}', combinedLine, combinedLine).format.name).to.equal('combined');
    });

    it('combined where there is no telling', () => {
      expect(choose(undefined, 'nonsense')).to.deep.include({ detected: 'none' });
      expect(choose(undefined).format.name).to.equal('combined');
    });
  });

  describe('combined', () => {
    it('has everything but the host and the scheme', () => {
      expect(read('combined', combinedLine)).to.deep.equal(ofCombined);
      expect(read('nginx', combinedLine)).to.deep.equal(ofCombined);
    });

    it('tells an absent Referer from a blank one', () => {
      expect(read('combined', combinedLine.replace('https://shop.example/', '-'))).to.not.have.property('referer');
      expect(read('combined', combinedLine.replace('https://shop.example/', ''))).to.deep.include({ referer: [''] });
    });

    it('takes quotes in a Referer in both spellings', () => {
      for (const spelling of ['\\x22', '\\"']) {
        const line = combinedLine.replace('shop.example/', `shop.example/?q=${spelling} ${spelling}x`);
        expect(read('combined', line)).to.deep.include({ referer: ['https://shop.example/?q=" "x'] });
      }
    });

    it('goes by the quote that ends a text behind an escaped backslash', () => {
      const line = combinedLine.replace('https://shop.example/', 'C:\\\\');
      expect(read('combined', line)).to.deep.include({ referer: ['C:\\'], 'user-agent': ['Mozilla/5.0'] });
    });

    it('takes a user name with spaces, and further fields at the end of the line', () => {
      expect(read('combined', combinedLine.replace('- - [', '- two words ['))).to.deep.equal(ofCombined);
      expect(read('combined', `${combinedLine} "203.0.113.9" 0.004`)).to.deep.equal(ofCombined);
    });

    it('does not read a line that was cut off or has something stuck to it', () => {
      expect(read('combined', combinedLine.slice(0, -1))).to.equal(undefined);
      expect(read('combined', `${combinedLine}x`)).to.equal(undefined);
    });
  });

  describe('written out as in nginx', () => {
    const line = 'cdn.shop.example|192.0.2.1|2026-11-22T08:00:00+00:00|GET|/a.jpg?x=1|https|403|9|-|cross-site';
    // biome-ignore lint/suspicious/noTemplateCurlyInString: nginx takes braces around a name
    const target = '${request_uri}';
    const format = `$host|$remote_addr|$time_iso8601|$request_method|${target}|$scheme|$status|$bytes_sent|$http_referer|$http_sec_fetch_site`;

    it('reads each variable', () => {
      expect(read(format, line)).to.deep.equal({
        host: 'cdn.shop.example',
        clientIp: '192.0.2.1',
        time: '2026-11-22T08:00:00+00:00',
        method: 'GET',
        target: '/a.jpg?x=1',
        scheme: 'https',
        status: '403',
        bytes: '9',
        'sec-fetch-site': ['cross-site'],
      });
    });

    it('says what it carries, so that what is missing can be told', () => {
      const { carries } = choose(format).format;
      expect([...carries.headers]).to.have.members(['referer', 'sec-fetch-site']);
      expect([...carries.fields])
        .to.include('host')
        .and.not.include('request');
    });

    it('takes the better of two sources', () => {
      const two = '$server_name $host "$request" "$http_referer"';
      expect(read(two, '_ cdn.example "GET / HTTP/1.1" "-"')).to.deep.include({ host: 'cdn.example' });
    });

    it('does not read a line with more behind it than the format has', () => {
      expect(read('"$request" "$http_referer"', '"GET / HTTP/1.1" "-" more')).to.equal(undefined);
    });
  });

  describe("written out as in Envoy's text formats", () => {
    const format =
      '[%START_TIME%] %DOWNSTREAM_REMOTE_ADDRESS% "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" ' +
      '%RESPONSE_CODE% %BYTES_SENT% "%REQ(:AUTHORITY)%" "%REQ(REFERER):512%"\\n';

    it('reads each operator, and nothing as an escape', () => {
      const line =
        '[2026-11-22T08:00:00.000Z] 192.0.2.1:5000 "GET /a.jpg HTTP/2" 200 7 "cdn.example" "https://a.example/\\x41"';
      expect(read(format, line)).to.deep.equal({
        time: '2026-11-22T08:00:00.000Z',
        clientIp: '192.0.2.1:5000',
        method: 'GET',
        target: '/a.jpg',
        status: '200',
        bytes: '7',
        host: 'cdn.example',
        referer: ['https://a.example/\\x41'],
      });
    });
  });

  describe("written out as in Apache httpd's LogFormat", () => {
    it('reads each directive, with quotes as its configuration has them', () => {
      const format = String.raw`%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\" %{Host}i %D`;
      const line =
        '_:443 192.0.2.1 - - [22/Nov/2026:08:00:01 +0000] "GET /a.jpg HTTP/1.1" 200 7 "https://a.example/\\"" "x" cdn.example 12';
      expect(read(format, line)).to.deep.equal({
        clientIp: '192.0.2.1',
        time: '[22/Nov/2026:08:00:01 +0000]',
        request: 'GET /a.jpg HTTP/1.1',
        status: '200',
        bytes: '7',
        referer: ['https://a.example/"'],
        'user-agent': ['x'],
        host: 'cdn.example',
      });
    });
  });

  describe('written out as JSON', () => {
    it('gives names a meaning that no one could guess', () => {
      const format = '{"h":"$host","r":"$request","from":"$http_referer","s": $status}';
      const line = '{"h":"cdn.example","r":"GET / HTTP/1.1","from":"https://a.example/","s":200}';
      expect(read(format, line)).to.deep.equal({
        host: 'cdn.example',
        request: 'GET / HTTP/1.1',
        referer: ['https://a.example/'],
        status: '200',
      });
    });

    it('reads nested values and operators of Envoy', () => {
      const format = '{"req":{"m":"%REQ(:METHOD)%","p":"%REQ(:PATH)%","from":"%REQ(REFERER)%"}}';
      const line = '{"req":{"m":"GET","p":"/","from":null}}';
      expect(read(format, line)).to.deep.equal({ method: 'GET', target: '/' });
    });

    it('takes an empty text for absent where nginx wrote it, which knows no other, and else for blank', () => {
      const line = '{"m":"GET","p":"/","from":""}';
      const ofNginx = '{"m":"$request_method","p":"$request_uri","from":"$http_referer"}';
      const ofEnvoy = '{"m":"%REQ(:METHOD)%","p":"%REQ(:PATH)%","from":"%REQ(REFERER)%"}';
      expect(read(ofNginx, line)).to.not.have.property('referer');
      expect(read(ofEnvoy, line)).to.deep.include({ referer: [''] });
    });
  });

  describe('refused', () => {
    it('common and the default of Envoy, which have no Referer, with what to configure', () => {
      const common = combinedLine.slice(0, combinedLine.indexOf(' "https'));
      const [envoy = ''] = logLines('envoy-default.log');
      for (const said of [problem('common'), problem(undefined, common)]) {
        expect(said).to.include('no Referer').and.include('combined');
      }
      for (const said of [problem('envoy'), problem(undefined, envoy)]) {
        expect(said).to.include('no Referer').and.include('json_format').and.include('%REQ(REFERER)%');
      }
    });

    it('JSON without a Referer under any known name', () => {
      const line = '{"method":"GET","path":"/","status":200}';
      for (const said of [problem('json', line), problem(undefined, line)]) {
        expect(said).to.include('Referer').and.include('--log-format');
      }
    });

    for (const [format, said] of [
      ['combinde', 'expected combined'],
      ['$host "$request"', 'lacks the Referer'],
      ['$host "$http_referer"', 'lacks the request'],
      ['$host$remote_addr "$request" "$http_referer"', 'between $host and $remote_addr'],
      ['{"host": $', 'no JSON'],
      ['{"host":"$host"}', 'lacks the request'],
    ] as const) {
      it(`--log-format '${format}'`, () => expect(problem(format)).to.include(said));
    }
  });
});
