import { Box, Button, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { useListContext } from 'react-admin'
import { countText } from '../format/money.ts'

/** Above the rows while some are selected: how many, and what can be done with them. */
export function SelectedRows({ children }: { children: ReactNode }) {
  const { selectedIds, onUnselectItems } = useListContext()
  if (selectedIds.length === 0) return null
  return (
    <Box
      role="toolbar"
      aria-label="Selected rows"
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        px: 1.5,
        py: 1,
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: 'action.selected',
      }}
    >
      <Typography sx={{ fontWeight: 600 }}>{countText(selectedIds.length)} selected</Typography>
      {children}
      <Button color="inherit" onClick={() => onUnselectItems()}>
        Clear selection
      </Button>
    </Box>
  )
}
