import { Box, Typography } from '@mui/material'
import { countText } from '../format/money.ts'

type FileFieldProps = { readonly file: File | undefined; readonly onChange: (file: File | undefined) => void }

/** The browser's own file field: it takes a dropped file and works with a keyboard as it is. */
export function FileField({ file, onChange }: FileFieldProps) {
  return (
    <Box
      component="label"
      sx={{
        display: 'block',
        p: 2,
        border: '1px dashed',
        borderColor: 'text.secondary',
        borderRadius: 1,
        cursor: 'pointer',
        '& input': { font: 'inherit', maxWidth: '100%' },
        '& input::file-selector-button': {
          font: 'inherit',
          fontWeight: 600,
          color: 'primary.main',
          bgcolor: 'transparent',
          border: '1px solid',
          borderColor: 'divider',
          borderRadius: 1,
          px: 1.25,
          py: 0.5,
          mr: 1.5,
          cursor: 'pointer',
        },
      }}
    >
      <Typography component="span" sx={{ display: 'block', fontWeight: 600, mb: 1 }}>
        File, plain or gzip
      </Typography>
      <input type="file" required onChange={({ target }) => onChange(target.files?.[0])} />
      {file === undefined ? null : (
        <Typography component="span" variant="caption" color="textSecondary" sx={{ display: 'block', mt: 1 }}>
          {countText(file.size)} bytes
        </Typography>
      )}
    </Box>
  )
}
