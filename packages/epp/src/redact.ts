const MASK = '[redacted]'

/** A `pw` or `newPW` tag of a login, of loginSec or of any authInfo, with any prefix: opening, closing or empty. */
const SECRET_TAG = /<(\/?)(?:[\w.-]{1,64}:)?(?:pw|newPW)(?:\s[^<>]*)?>/iuy

/** A shorter "secret" would mask ordinary words. Real ones have at least 6 characters (RFC 5730 `pwType`). */
const SECRET_LENGTH_MIN = 4

/** The text without the given secrets: registries quote commands in their error messages. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SECRET_LENGTH_MIN)
    .toSorted((a, b) => b.length - a.length)
    .reduce((kept, secret) => kept.replaceAll(secret, MASK), text)
}

/**
 * An EPP document that may be shown: passwords and authInfo are masked. One pass over any input. After a secret whose end tag
 * is missing everything is masked.
 */
export function redactXml(xml: string): string {
  let shown = ''
  let keptFrom = 0
  let secret = false
  for (let at = xml.indexOf('<'); at !== -1; ) {
    const end = secret ? skipLiteral(xml, at) : undefined
    if (end !== undefined) {
      at = xml.indexOf('<', end)
      continue
    }
    SECRET_TAG.lastIndex = at
    const tag = SECRET_TAG.exec(xml)
    const opens = tag !== null && tag[1] === '' && !tag[0].endsWith('/>')
    if (opens && !secret) {
      shown += xml.slice(keptFrom, SECRET_TAG.lastIndex) + MASK
      secret = true
    }
    if (tag !== null && tag[1] === '/' && secret) {
      keptFrom = at
      secret = false
    }
    at = xml.indexOf('<', at + 1)
  }
  return secret ? shown : shown + xml.slice(keptFrom)
}

/** The end of a comment or CDATA section that begins at `at`: what looks like an end tag inside it is none. */
function skipLiteral(xml: string, at: number): number | undefined {
  for (const [begin, finish] of [
    ['<![CDATA[', ']]>'],
    ['<!--', '-->'],
  ] as const) {
    if (!xml.startsWith(begin, at)) continue
    const found = xml.indexOf(finish, at + begin.length)
    return found === -1 ? xml.length : found + finish.length
  }
  return undefined
}
