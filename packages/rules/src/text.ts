/**
 * Characters that no text may contain. PostgreSQL refuses NUL in text (SQLSTATE 22021) and in jsonb (22P05). A lone surrogate has no
 * UTF-8, so U+FFFD would be stored or hashed instead of it. XML 1.0 (§2.2), and so EPP, allows no other C0 controls except tab, line
 * feed and carriage return. The second half is `\p{Cc}` without those three and without DEL and the C1 controls, which XML 1.0 allows.
 */
const unstorable = /\p{Cs}|[^\P{Cc}\t\n\r\x7f-\x9f]/u

const everyUnstorable = new RegExp(unstorable, 'gu')

/** Whether the text can be stored everywhere: no NUL, no lone surrogate, no C0 control except tab, line feed and carriage return. */
export function isWellFormed(text: string): boolean {
  return !unstorable.test(text)
}

/** The text with U+FFFD in place of each character that cannot be stored; well-formed text is unchanged. */
export function toWellFormed(text: string): string {
  return text.replace(everyUnstorable, '\ufffd')
}
