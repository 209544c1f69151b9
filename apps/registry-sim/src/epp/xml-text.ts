const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Escapes for text and attribute values. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}

/** XSD dateTime in UTC with milliseconds. */
export function dateTime(atMs: number): string {
  return new Date(atMs).toISOString()
}
