import { toWellFormed } from '@droplock/rules/text'

/** Longer than any row of any format (a name has at most 253 characters); beyond it the line is junk. */
const lineCharactersMax = 4_096

/** How much of a reject's text is kept: enough to find it in the file. */
const rawCharactersMax = 200

export type Line = {
  /** 1-based. */
  readonly line: number
  /** Without its line end; of an overlong line only the start. */
  readonly text: string
  readonly tooLong: boolean
  /** False for a last line that has no line end: it may be the first half of one. */
  readonly ended: boolean
}

/** Splits text that comes in pieces into lines. LF and CRLF end a line. Never holds more than one line's maximum. */
type LineSplitter = {
  /** The lines that the text ends, one at a time; to be read to the end before the next call. */
  push(text: string): Iterable<Line>
  /** The last line, if the text did not end with a line end. */
  end(): readonly Line[]
  /** The number that the next line has. */
  nextLine(): number
}

export function createLineSplitter(): LineSplitter {
  let held = ''
  let tooLong = false
  let number = 1

  const hold = (text: string) => {
    if (!tooLong) held += text
    if (held.length > lineCharactersMax) {
      tooLong = true
      held = held.slice(0, rawCharactersMax)
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

/** A reject's text as it is kept: short, and such that every store can keep it. */
export function excerpt(text: string): string {
  return toWellFormed(text.slice(0, rawCharactersMax))
}
