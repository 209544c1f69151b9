import { Box, Button, Checkbox, Typography } from '@mui/material'
import type { ReactNode } from 'react'
import { DataTable, type RaRecord, useListContext } from 'react-admin'
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

type Selectable = { readonly isSelectable: (record: RaRecord) => boolean }

/** The first column of a table whose rows can be selected. react-admin’s own checkboxes have no names for screen readers. */
export function SelectColumn({ isSelectable }: Selectable) {
  return (
    <DataTable.Col
      source="id"
      label={<SelectPage isSelectable={isSelectable} />}
      disableSort
      sx={{ width: 36, pl: 1.5, pr: 0 }}
      render={(record: RaRecord) => <SelectRow record={record} isSelectable={isSelectable} />}
    />
  )
}

function SelectRow({ record, isSelectable }: Selectable & { readonly record: RaRecord }) {
  const { selectedIds, onToggleItem } = useListContext()
  return (
    <Checkbox
      sx={inLine}
      checked={selectedIds.includes(record.id)}
      disabled={!isSelectable(record)}
      slotProps={{ input: { 'aria-label': 'Select this row' } }}
      onClick={(event) => event.stopPropagation()}
      onChange={() => onToggleItem(record.id)}
    />
  )
}

function SelectPage({ isSelectable }: Selectable) {
  const { data = [], selectedIds, onSelect } = useListContext()
  const ids = data.filter(isSelectable).map(({ id }) => id)
  const isWhole = ids.length > 0 && ids.every((id) => selectedIds.includes(id))
  const others = selectedIds.filter((id) => !ids.includes(id))
  return (
    <Checkbox
      sx={inLine}
      checked={isWhole}
      disabled={ids.length === 0}
      slotProps={{ input: { 'aria-label': 'Select all' } }}
      onChange={() => onSelect(isWhole ? others : [...others, ...ids])}
    />
  )
}

const inLine = { p: 0.25 }
