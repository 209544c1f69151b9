import { Box } from '@mui/material'
import type { Listing } from '../api/types.ts'
import { listingTones } from '../format/tones.ts'
import { StateChip } from '../parts/StateChip.tsx'

/** The state, and the marks that stop orders of the name or stop lists from moving it. */
export function ListingState({ listing }: { listing: Listing }) {
  return (
    <Box component="span" sx={{ display: 'inline-flex', gap: 1.5, flexWrap: 'wrap' }}>
      <StateChip state={listing.state} tone={listingTones[listing.state]} />
      {listing.overridden ? <StateChip state="moved manually" tone="info" /> : null}
      {listing.suspect ? <StateChip state="suspect" tone="warning" /> : null}
      {listing.premium ? <StateChip state="premium" tone="error" /> : null}
      {listing.reserved ? <StateChip state="reserved" tone="error" /> : null}
    </Box>
  )
}
