import { Button, Stack } from '@mui/material'
import type { Invoice } from '../api/types.ts'

/** The document as its customer has it: the server draws it, the browser shows or keeps it. */
export function OpenInvoice({ invoice: { id, number } }: { invoice: Invoice }) {
  const path = `/api/invoices/${encodeURIComponent(id)}`
  return (
    <Stack
      direction="row"
      sx={{ gap: 1, justifyContent: 'flex-end' }}
      // In a row that leads to the invoice's page.
      onClick={(event) => event.stopPropagation()}
    >
      <Button
        component="a"
        variant="outlined"
        href={`${path}/html`}
        target="_blank"
        rel="noopener"
        aria-label={`Open ${number}`}
      >
        Open
      </Button>
      <Button component="a" variant="outlined" href={`${path}/pdf`} download aria-label={`${number} as PDF`}>
        PDF
      </Button>
    </Stack>
  )
}
