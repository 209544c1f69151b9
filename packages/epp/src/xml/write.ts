/** What XML 1.0 §2.2 does not allow in a document, not even escaped. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text made safe for element content and for double-quoted attributes. Throws `RangeError` on characters no XML can hold. */
export function escapeXml(text: string): string {
  if (FORBIDDEN.test(text)) throw new RangeError('the text holds characters that XML does not allow')
  return text.replaceAll(/[&<>"]/gu, (character) => ESCAPES[character] ?? character)
}

/** One element. `inner` is XML already; attribute values are text, and those without one are left out. */
export function wrap(
  name: string,
  inner: string,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : ` ${key}="${escapeXml(String(value))}"`,
  )
  return `<${name}${written.join('')}>${inner}</${name}>`
}

/** One element that holds text; nothing at all without one. */
export function leaf(
  name: string,
  text: string | number | undefined,
  attributes?: Readonly<Record<string, string | number | undefined>>,
): string {
  return text === undefined ? '' : wrap(name, escapeXml(String(text)), attributes)
}

/** One such element for each. */
export function leaves(name: string, texts: readonly string[]): string {
  return texts.map((text) => leaf(name, text)).join('')
}
