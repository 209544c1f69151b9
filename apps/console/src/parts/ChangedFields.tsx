import { Box, Typography } from '@mui/material'
import type { EditedFields } from './Stale.tsx'

type ChangedFieldsProps<Row> = {
  readonly fields: EditedFields<Row>
  readonly before: Row
  readonly after: Row
}

/** The preview of an edit: the fields that it changes, as they are and as they would be. */
export function ChangedFields<Row>({ fields, before, after }: ChangedFieldsProps<Row>) {
  const changed = fields.filter(([, text]) => text(before) !== text(after))
  return (
    <Box
      role="region"
      aria-label="Preview"
      sx={{ p: 1.5, border: 1, borderColor: 'divider', borderRadius: 1 }}
    >
      {changed.length === 0 ? <Typography>Nothing differs from what is in force.</Typography> : null}
      {changed.map(([label, text]) => (
        <div key={label}>
          <strong>{label}:</strong> {text(before)} → {text(after)}
        </div>
      ))}
    </Box>
  )
}
