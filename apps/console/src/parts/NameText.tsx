import { Box, Typography } from '@mui/material'
import { unicodeName } from '../format/unicode-name.ts'

/** A name as the registry knows it, and as people write it where that differs. */
export function NameText({ name }: { name: string }) {
  const unicode = unicodeName(name)
  return (
    <Box component="span" sx={{ fontWeight: 550, overflowWrap: 'anywhere' }}>
      {name}
      {unicode === undefined ? null : (
        <Typography component="span" variant="caption" color="textSecondary" sx={{ display: 'block' }}>
          {unicode}
        </Typography>
      )}
    </Box>
  )
}
