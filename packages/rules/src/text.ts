/**
 * What no text may hold. NUL is refused by PostgreSQL in every text (SQLSTATE 22021) and in jsonb (22P05). A lone
 * surrogate has no UTF-8, so that what is stored or hashed is U+FFFD and no longer what was sent. The other C0 controls are
 * allowed neither in XML 1.0 (§2.2), which EPP speaks, nor on a page; tab, line feed and carriage return are. In the second
 * half, `\p{Cc}` less those three and less DEL and the C1 controls, which XML 1.0 allows.
 */
const unkeepable = /\p{Cs}|[^\P{Cc}\t\n\r\x7f-\x9f]/u

const everyUnkeepable = new RegExp(unkeepable, 'gu')

/** Whether every store can keep the text: no NUL, no lone surrogate, no C0 control but tab, line feed and carriage return. */
export function isWellFormed(text: string): boolean {
  return !unkeepable.test(text)
}

/** The text with U+FFFD in place of each character that no store can keep; well-formed text stays as it is. */
export function toWellFormed(text: string): string {
  return text.replace(everyUnkeepable, '\ufffd')
}
