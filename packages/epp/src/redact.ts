const MASK = '[redacted]'

/** `pw`, `newPW` of login and the `pw` of any authInfo, with whatever prefix. */
const SECRET_ELEMENTS =
  /(<(?:[\w.-]+:)?(?:pw|newPW)(?:\s[^>]*)?>)[\s\S]*?(<\/(?:[\w.-]+:)?(?:pw|newPW)\s*>)/giu

/** Below this a "secret" would blank out ordinary words; real ones have at least 6 characters (RFC 5730 `pwType`). */
const SECRET_LENGTH_MIN = 4

/** Text without the given secrets: registries quote what they were sent in their error messages. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SECRET_LENGTH_MIN)
    .toSorted((a, b) => b.length - a.length)
    .reduce((kept, secret) => kept.replaceAll(secret, MASK), text)
}

/** An EPP document that may be shown: passwords and authInfo are masked. */
export function redactXml(xml: string): string {
  return xml.replaceAll(SECRET_ELEMENTS, `$1${MASK}$2`)
}
