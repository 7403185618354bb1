import type { LogFormat } from './log-format.js';
import { nginxSource, nginxVariables } from './nginx-variables.js';
import { parseTemplate } from './template.js';
import { textFormat } from './text-format.js';

const request = '[$time_local] "$request" $status $body_bytes_sent';

/** nginx's default, and `combined` of Apache httpd. Logs with further fields behind it are read too. */
export const combined = standard(
  'combined',
  `$remote_addr $ident $remote_user ${request} "$http_referer" "$http_user_agent"`,
);

/** `vhost_combined` of Apache httpd on Debian, and what nginx users write as `$host` before the rest. */
export const combinedVhost = standard(
  'combined-vhost',
  `$host $remote_addr $ident $remote_user ${request} "$http_referer" "$http_user_agent"`,
);

/** `common` of Apache httpd, which has no Referer. */
export const common = standard('common', `$remote_addr $ident $remote_user ${request}`);

function standard(name: string, text: string): LogFormat {
  const template = parseTemplate(text, nginxVariables, (variable) => nginxSource(variable[2] ?? ''));
  const format = textFormat(name, template, { escaped: true, open: name !== 'common' });
  if ('problem' in format) throw new Error(format.problem);
  return format;
}
