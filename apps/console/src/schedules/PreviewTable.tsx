import { Box, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material'
import type { ReactNode } from 'react'
import type { OverridePreview, Schedule } from '../api/types.ts'
import { listingTones } from '../format/tones.ts'
import { StateChip } from '../parts/StateChip.tsx'
import { TimeText, WindowText } from '../parts/texts.tsx'

const targets: Readonly<Record<OverridePreview['effect']['target'], string>> = {
  none: 'Unchanged',
  armed: 'Armed for the new window',
  rearmed: 'Armed again for the new window',
  disarmed: 'Disarmed until the new cut-off',
}

const holders: Readonly<Record<OverridePreview['basis']['holder'], string>> = {
  secured: 'Paid order',
  unpaid: 'Unpaid order',
  none: 'None',
}

/** The effect of a move, line by line: before and after, and what stays unchanged. */
export function PreviewTable({ preview }: { preview: OverridePreview }) {
  const { basis, after, effect } = preview
  return (
    <Table size="small" aria-label="Preview">
      <TableHead>
        <TableRow>
          <TableCell />
          <TableCell>Now</TableCell>
          <TableCell>After</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        <Line
          what="Drop window"
          now={<Window schedule={basis} />}
          after={<Window schedule={after} />}
          isChanged={!sameWindow(basis, after)}
        />
        <Line
          what="Orders close"
          now={<TimeText at={basis.cutoff_at} />}
          after={<TimeText at={after.cutoff_at} />}
          isChanged={basis.cutoff_at !== after.cutoff_at}
        />
        <Line
          what="State"
          now={<StateChip state={basis.state} tone={listingTones[basis.state]} />}
          after={<StateChip state={effect.state_after} tone={listingTones[effect.state_after]} />}
          isChanged={basis.state !== effect.state_after}
        />
        <Line
          what="Holder"
          now={holders[basis.holder]}
          after={<HolderAfter preview={preview} />}
          isChanged={basis.holder !== effect.holder_after}
        />
        <Line
          what="Catch target"
          now="–"
          after={targets[effect.target]}
          isChanged={effect.target !== 'none'}
        />
      </TableBody>
    </Table>
  )
}

function HolderAfter({ preview: { effect } }: { preview: OverridePreview }) {
  return (
    <>
      {holders[effect.holder_after]}
      {effect.hold_ends_by === undefined ? null : (
        <Box component="span" sx={{ display: 'block' }}>
          Hold ends by <TimeText at={effect.hold_ends_by} />
        </Box>
      )}
    </>
  )
}

type LineProps = {
  readonly what: string
  readonly now: ReactNode
  readonly after: ReactNode
  readonly isChanged: boolean
}

function Line({ what, now, after, isChanged }: LineProps) {
  return (
    <TableRow>
      <TableCell sx={{ color: 'text.secondary' }}>{what}</TableCell>
      <TableCell>{now}</TableCell>
      <TableCell sx={isChanged ? { fontWeight: 650 } : { color: 'text.secondary' }}>
        {isChanged ? after : 'Unchanged'}
      </TableCell>
    </TableRow>
  )
}

function Window({ schedule }: { schedule: Schedule }) {
  return <WindowText from={schedule.drop_from} to={schedule.drop_to} />
}

function sameWindow(one: Schedule, other: Schedule): boolean {
  return one.drop_from === other.drop_from && one.drop_to === other.drop_to
}
