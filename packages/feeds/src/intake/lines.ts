import { toWellFormed } from '@droplock/rules/text'

/** Longer than any row of any format: a name has at most 253 characters. */
const LINE_CHARACTERS_MAX = 4_096

/** The part of a reject's text that is kept: enough to find it in the file. */
const RAW_CHARACTERS_MAX = 200

export type Line = {
  /** 1-based. */
  readonly line: number
  /** Without its line end; only the start of a line that is too long. */
  readonly text: string
  readonly tooLong: boolean
  /** False for a last line without a line end: it may be incomplete. */
  readonly ended: boolean
  /** What was parsed of it, where the list is a document and this an element of it. */
  readonly value?: unknown
}

/** Splits text that arrives in pieces into lines, by LF or CRLF. Holds at most one line. */
type LineSplitter = {
  /** The lines that the text completes. Must be read to the end before the next call. */
  push(text: string): Iterable<Line>
  /** The last line, if the text did not end with a line end. */
  end(): readonly Line[]
  /** The number of the next line. */
  nextLine(): number
}

export function createLineSplitter(): LineSplitter {
  let held = ''
  let tooLong = false
  let number = 1

  const hold = (text: string) => {
    if (!tooLong) held += text
    if (held.length > LINE_CHARACTERS_MAX) {
      tooLong = true
      held = held.slice(0, RAW_CHARACTERS_MAX)
    }
  }
  const take = (ended: boolean): Line => {
    const text = held.endsWith('\r') ? held.slice(0, -1) : held
    const line = { line: number, text, tooLong, ended }
    held = ''
    tooLong = false
    number += 1
    return line
  }

  return {
    *push(text) {
      let from = 0
      for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
        hold(text.slice(from, to))
        yield take(true)
        from = to + 1
      }
      hold(text.slice(from))
    },
    end: () => (held === '' ? [] : [take(false)]),
    nextLine: () => number,
  }
}

/** A reject's text as it is stored: short and well formed. */
export function excerpt(text: string): string {
  return toWellFormed(text.slice(0, RAW_CHARACTERS_MAX))
}
