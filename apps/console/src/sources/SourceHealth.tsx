import type { ListSource } from '../api/types.ts'
import { secondsText } from '../format/duration.ts'
import type { Tone } from '../format/tones.ts'
import { StateChip } from '../parts/StateChip.tsx'

/** How a source fares, in one word; what is wrong comes first. */
export function SourceHealth({ source }: { source: ListSource }) {
  const [state, tone] = healthOf(source)
  return <StateChip state={state} tone={tone} />
}

function healthOf(source: ListSource): readonly [state: string, tone: Tone] {
  if (!source.enabled) return ['disabled', 'neutral']
  if (source.is_claimed) return ['fetching', 'info']
  if (source.requested !== undefined)
    return [source.requested === 'dry_run' ? 'dry run requested' : 'run requested', 'info']
  if (source.late_seconds > 0) return [`late by ${roughly(source.late_seconds)}`, 'error']
  if (source.failures > 0) return ['failing', 'warning']
  return ['healthy', 'success']
}

/** Minutes are enough for a list that is late by hours. */
export function roughly(seconds: number): string {
  const unit = seconds >= 172_800 ? 86_400 : seconds >= 3_600 ? 60 : 1
  return secondsText(seconds - (seconds % unit))
}
