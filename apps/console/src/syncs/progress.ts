import type { SyncRun } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { counted } from '../format/words.ts'

const isUnderWay = ({ state }: SyncRun) => state === 'queued' || state === 'running' || state === 'publishing'

/** How far a run is, from 0 to 100; `undefined` where that is not known. */
export function percentOf({ progress: { octets_read, octets_total } }: SyncRun): number | undefined {
  if (octets_total === undefined || octets_total === 0) return undefined
  return Math.min(100, Math.floor((100 * octets_read) / octets_total))
}

/** `42 %, 1,200 rows`: how far a run is that is under way. */
export function progressText(run: SyncRun): string {
  if (!isUnderWay(run)) return '–'
  if (run.state === 'publishing') return 'Publishing'
  const percent = percentOf(run)
  const octets = `${countText(run.progress.octets_read)} bytes`
  return `${percent === undefined ? octets : `${percent} %`}, ${counted(run.rows_read, 'row')}`
}
