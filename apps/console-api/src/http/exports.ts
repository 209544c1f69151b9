import type { StaffContext } from '@droplock/core/context'
import type { Snapshot } from '@droplock/core/database/reads'
import { openTurns } from '@droplock/http/turns'
import { Refusal } from '@droplock/rules/refusals'
import type { Dependencies } from '../console-api.ts'
import { streamText } from './stream-text.ts'

/** Each holds some thousand rows in memory and keeps reading from the database. */
export const EXPORTS_AT_ONCE_MAX = 4
/** Exports of one person, so that one who does not read them cannot block the others. */
const OF_ONE_PERSON_MAX = 2
/** A year of postings takes a minute or two. Milliseconds. */
const EXPORT_MS_MAX = 600_000

/** Files that are streamed, few at once of all and of each person. */
export type Exports = {
  /** Starts a file in a turn that ends with the file, whether it is read to its end or not. */
  readonly begin: (
    ctx: StaffContext,
    write: (apart: StaffContext) => AsyncGenerator<string>,
  ) => Promise<ReadableStream<Uint8Array>>
  /** The same for a file of one moment: its connection is the file's until it ends. */
  readonly snapshot: (
    ctx: StaffContext,
    write: (snapshot: Snapshot) => Promise<AsyncGenerator<string>>,
  ) => Promise<ReadableStream<Uint8Array>>
}

export function openExports({ settings, reads, snapshots = reads }: Dependencies): Exports {
  const turns = openTurns(
    { atOnceMax: EXPORTS_AT_ONCE_MAX, waitingMax: 0, ofOneMax: OF_ONE_PERSON_MAX },
    tooMany,
  )

  async function open(ctx: StaffContext) {
    const endTurn = await turns.take(ctx.actor.staffId)
    const over = new AbortController()
    const end = () => {
      over.abort()
      endTurn()
    }
    return { bounds: { signal: over.signal, untilMs: performance.now() + EXPORT_MS_MAX }, end }
  }
  const stream = (pieces: AsyncGenerator<string>, onEnd: () => void) =>
    streamText(pieces, { msMax: EXPORT_MS_MAX, pieceMsMax: settings.writeMsMax, onEnd })

  return {
    async begin(ctx, write) {
      const { bounds, end } = await open(ctx)
      try {
        return await stream(write({ ...ctx, db: reads?.within(bounds) ?? ctx.db }), end)
      } catch (error) {
        end()
        throw error
      }
    },
    async snapshot(ctx, write) {
      if (snapshots === undefined) throw new Error('there are no connections for files')
      const { bounds, end } = await open(ctx)
      let release: (() => void) | undefined
      const onEnd = () => {
        end()
        release?.()
        release = undefined
      }
      try {
        const snapshot = await snapshots.snapshot(bounds)
        release = snapshot.release
        return await stream(await write(snapshot), onEnd)
      } catch (error) {
        onEnd()
        throw error
      }
    },
  }
}

function tooMany(): Refusal {
  return new Refusal(
    'export_limit_reached',
    'Other exports are still running. Try again when one has finished.',
  )
}
