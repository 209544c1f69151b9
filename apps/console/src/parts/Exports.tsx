import DownloadIcon from '@mui/icons-material/Download'
import { Box, Button, Stack, Typography } from '@mui/material'
import { useState } from 'react'
import { monthOf, periodOf } from '../format/period.ts'
import { useMay } from './hooks.ts'
import { Section } from './Page.tsx'
import { PeriodPicker } from './Period.tsx'

/** The exports. The browser downloads each one; the server streams it. */
const labels = { ledger: 'Ledger', refunds: 'Refunds', invoices: 'Invoices and credit notes' } as const

/** Downloads of a period as CSV. */
export function Exports({ names }: { names: readonly (keyof typeof labels)[] }) {
  const mayExport = useMay('money:export')
  const [days, setDays] = useState(() => monthOf(Date.now()))
  const period = periodOf(days)
  if (!mayExport) return null
  return (
    <Box sx={{ mt: 2 }}>
      <Section title="Export" beside={<PeriodPicker days={days} onChange={setDays} />}>
        <Stack direction="row" sx={{ gap: 1, px: 2, py: 1.5, alignItems: 'center' }}>
          {names.map((name) => (
            <Button
              key={name}
              component="a"
              variant="outlined"
              startIcon={<DownloadIcon />}
              disabled={period === undefined}
              href={`/api/exports/${name}.csv?${new URLSearchParams(period)}`}
              download
            >
              {labels[name]} (CSV)
            </Button>
          ))}
          <Typography color="textSecondary" variant="caption">
            UTF-8, with amounts as decimal numbers
          </Typography>
        </Stack>
      </Section>
    </Box>
  )
}
