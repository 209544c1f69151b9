import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ListFormat } from '../formats/format.ts'
import { createElementSplitter } from './elements.ts'
import { beyondLimits, cut, inflateIfGzip, type Octets } from './inflate.ts'
import { createLineSplitter, type Line } from './lines.ts'
import { createDecoder } from './text.ts'

/** A line or an element, or the place where reading stopped before the end of the list, with the rest of the last line. */
export type RecordOrEnd =
  | Line
  | { readonly endsAt: number; readonly text: string; readonly reason: 'truncated' | 'beyond_limits' }

/**
 * Lines between two turns of the event loop, about 2 ms of work. Reading waits for the disk only once per 64 KiB, and a few
 * KiB of gzip may have millions of lines: without these turns a list would block everything else in the process.
 */
const RECORDS_PER_TURN = 1_000

/** The pieces of text into which a list's records are split. */
type Splitter = {
  /** `fault`: nothing can be read after these records. */
  push(text: string): {
    readonly records: Iterable<Line>
    readonly fault?: () => 'truncated' | 'beyond_limits' | undefined
  }
  /** After all text: the last records, and whether the list ends there. */
  end(): { readonly records: readonly Line[]; readonly isComplete: boolean }
  /** Where the list was cut: the rest that is no record. */
  rest(): { readonly line: number; readonly text: string }
}

const splitters: Readonly<Record<ListFormat['layout'], () => Splitter>> = {
  lines: () => {
    const lines = createLineSplitter()
    return {
      push: (text) => ({ records: lines.push(text) }),
      end: () => ({ records: lines.end(), isComplete: true }),
      rest: () => ({ line: lines.nextLine(), text: lines.end()[0]?.text ?? '' }),
    }
  },
  json: () => {
    const document = createElementSplitter()
    return {
      push: (text) => {
        const { elements, fault } = document.push(text)
        return { records: elements, fault: () => fault }
      },
      end: () => ({ records: [], isComplete: document.isComplete() }),
      rest: () => ({ line: document.nextLine(), text: '' }),
    }
  },
}

type Reading = {
  readonly layout: ListFormat['layout']
  readonly inflatedBytesMax?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** The records of a list in file order. Bad data never throws: it ends the list, and the end says where. */
export async function* readRecords(
  source: Octets,
  { layout, inflatedBytesMax, signal }: Reading,
): AsyncGenerator<RecordOrEnd> {
  const decoder = createDecoder()
  const splitter = splitters[layout]()
  let records = 0
  const endedBy = (reason: 'truncated' | 'beyond_limits'): RecordOrEnd => {
    const { line, text } = splitter.rest()
    return { endsAt: line, text, reason }
  }
  for await (const chunk of inflateIfGzip(source, inflatedBytesMax)) {
    if (chunk === cut || chunk === beyondLimits)
      return yield endedBy(chunk === cut ? 'truncated' : 'beyond_limits')
    const read = splitter.push(decoder.push(chunk))
    for (const record of read.records) {
      records += 1
      if (records % RECORDS_PER_TURN === 0) await nextTurn()
      signal?.throwIfAborted()
      yield record
    }
    const fault = read.fault?.()
    if (fault !== undefined) return yield endedBy(fault)
  }
  signal?.throwIfAborted()
  const last = splitter.push(decoder.end())
  yield* last.records
  const end = splitter.end()
  yield* end.records
  if (!end.isComplete) yield endedBy(last.fault?.() ?? 'truncated')
}
