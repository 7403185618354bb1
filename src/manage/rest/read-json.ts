import { isUtf8 } from 'node:buffer';
import { messageOf } from '../../model/message-of.js';
import { quote } from '../../rules/key-path.js';
import { LIMITS } from '../../rules/limits.js';
import type { Plain, PlainMapping } from '../../rules/parse/syntax-tree.js';
import { TextLines } from '../../rules/read/text-lines.js';
import { findJsonFault } from './json-fault.js';

/**
 * Reads a body that is JSON and nothing else (RFC 8259), each key once. Not by the reader of rule files, which takes YAML
 * too and costs the event loop half a second for a megabyte. Mappings have no prototype: `__proto__` is a key like any
 * other.
 */
export function readJson(bytes: Buffer): { readonly value: Plain } | { readonly problem: string } {
  if (bytes.length === 0) return { problem: 'the body is empty; expected JSON' };
  if (!isUtf8(bytes)) return { problem: 'the body is not UTF-8' };
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `the body is no JSON: ${messageOf(error)}` };
  }
  const fault = findJsonFault(text, LIMITS.nesting);
  if (fault?.kind === 'deep') return { problem: `nested too deeply; at most ${LIMITS.nesting} levels are allowed` };
  if (fault !== undefined) {
    const { line, column } = new TextLines(text).locate(fault.at);
    return { problem: `line ${line}, column ${column}: the key ${quote(fault.key)} is in this object twice` };
  }
  // An escape can write half of a character (\ud800), which no file can hold (RFC 7493 §2.1).
  if (holdsHalfCharacter(value as Plain)) return { problem: 'a text holds half of a character (a lone surrogate)' };
  return { value: withoutPrototypes(value as Plain) };
}

function holdsHalfCharacter(value: Plain): boolean {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(value).some(holdsHalfCharacter) || Object.values(value).some(holdsHalfCharacter);
}

function withoutPrototypes(value: Plain): Plain {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  const mapping: PlainMapping = Object.create(null);
  for (const [key, item] of Object.entries(value)) mapping[key] = withoutPrototypes(item);
  return mapping;
}
