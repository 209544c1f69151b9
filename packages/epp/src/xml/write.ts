/** What XML 1.0 §2.2 does not allow in a document, not even escaped. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text made safe for element content and for double-quoted attributes. Throws `RangeError` on characters no XML can hold. */
export function escapeXml(text: string): string {
  if (FORBIDDEN.test(text)) throw new RangeError('the text holds characters that XML does not allow')
  return text.replaceAll(/[&<>"]/gu, (character) => ESCAPES[character] ?? character)
}
