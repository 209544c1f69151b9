import { Box, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material'
import type { ScheduleChangePreview } from '../api/types.ts'
import { listingTones } from '../format/tones.ts'
import { counted, words } from '../format/words.ts'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Nothing } from '../parts/Page.tsx'
import { StateChip } from '../parts/StateChip.tsx'
import { NameText, TimeText, WindowText } from '../parts/texts.tsx'
import { causeText } from './change-texts.ts'

/** As many as one looks through before a change; the counts are of all. */
const LISTINGS_SHOWN_MAX = 50

const holders = { secured: 'Paid order', unpaid: 'Unpaid order', none: 'None' } as const

/** The first listings of a preview that change, or that cannot be changed and why. */
export function PreviewedListings({ preview: { first, counts } }: { preview: ScheduleChangePreview }) {
  const shown = first.slice(0, LISTINGS_SHOWN_MAX)
  const affected = counts.listings - counts.effects.unchanged
  if (shown.length === 0)
    return <Nothing title="No listing would change">Choose another filter or another change.</Nothing>
  return (
    <>
      <Table size="small" aria-label="Preview">
        <TableHead>
          <TableRow>
            <TableCell>Name</TableCell>
            <TableCell>State</TableCell>
            <TableCell>Holder</TableCell>
            <TableCell>Effect</TableCell>
            <TableCell>Window now</TableCell>
            <TableCell>Window afterwards</TableCell>
            <TableCell>Orders close afterwards</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {shown.map((listing) => (
            <TableRow key={listing.listing_id}>
              <TableCell>
                <AppLink to={recordLink('listings', listing.listing_id)}>
                  <NameText name={listing.name} />
                </AppLink>
              </TableCell>
              <TableCell>
                <StateChip state={listing.state} tone={listingTones[listing.state]} />
              </TableCell>
              <TableCell>{holders[listing.holder]}</TableCell>
              <TableCell>
                {listing.because === undefined
                  ? words(listing.effect)
                  : `Skipped: ${causeText(listing.because)}`}
              </TableCell>
              <TableCell>
                <WindowText from={listing.before.drop_from} to={listing.before.drop_to} />
              </TableCell>
              <TableCell>
                {listing.after === undefined ? (
                  '–'
                ) : (
                  <WindowText from={listing.after.drop_from} to={listing.after.drop_to} />
                )}
              </TableCell>
              <TableCell>
                {listing.after === undefined ? '–' : <TimeText at={listing.after.cutoff_at} />}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {affected > shown.length ? (
        <Box sx={{ px: 2, py: 1 }}>
          <Typography variant="caption" color="textSecondary">
            The first {shown.length} of {counted(affected, 'listing')} that change or cannot be changed.
          </Typography>
        </Box>
      ) : null}
    </>
  )
}
