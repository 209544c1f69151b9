import { Button, Stack } from '@mui/material'
import type { Invoice } from '../api/types.ts'

/** Buttons that view the document and download it as a PDF, as its customer has it. */
export function OpenInvoice({ invoice: { id, number } }: { invoice: Invoice }) {
  const path = `/api/invoices/${encodeURIComponent(id)}`
  return (
    <Stack
      direction="row"
      sx={{ gap: 1, justifyContent: 'flex-end' }}
      // The row around it opens the invoice's page.
      onClick={(event) => event.stopPropagation()}
    >
      <Button
        component="a"
        variant="outlined"
        href={`${path}/html`}
        target="_blank"
        rel="noopener"
        aria-label={`View ${number}`}
      >
        View
      </Button>
      <Button
        component="a"
        variant="outlined"
        href={`${path}/pdf`}
        download
        aria-label={`Download ${number} as PDF`}
      >
        PDF
      </Button>
    </Stack>
  )
}
