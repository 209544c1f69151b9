import { backorderMachine } from '@droplock/rules/machines/backorder'
import { isTerminal } from '@droplock/rules/machines/machine'
import { Box, Button, Typography } from '@mui/material'
import { useState } from 'react'
import type { BackorderDetail } from '../api/types.ts'
import { Facts } from '../parts/Facts.tsx'
import { MoneyText } from '../parts/MoneyText.tsx'
import { Section } from '../parts/Section.tsx'
import { useMay } from '../parts/use-me.ts'
import { ProposeRefundDialog } from './ProposeRefundDialog.tsx'

/** What was paid and what can still go back. */
export function CaseMoney({ backorder }: { backorder: BackorderDetail }) {
  const mayPropose = useMay('refunds:propose')
  return (
    <Section title="Money">
      <Facts
        narrow
        facts={[
          ['Price', <MoneyText key="price" amount={backorder.price} />],
          ['Paid', <MoneyText key="paid" amount={backorder.captured} />],
          ['Still refundable', <MoneyText key="refundable" amount={backorder.refundable} />],
        ]}
      />
      <Box sx={{ px: 2, pb: 1.5 }}>
        {backorder.refundable.amount_minor > 0 ? (
          mayPropose && <ProposeButton backorder={backorder} />
        ) : (
          <Typography variant="caption" color="textSecondary">
            {whyNot(backorder)}
          </Typography>
        )}
      </Box>
    </Section>
  )
}

function ProposeButton({ backorder }: { backorder: BackorderDetail }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button variant="outlined" onClick={() => setOpen(true)}>
        Propose a refund
      </Button>
      {isOpen ? <ProposeRefundDialog backorder={backorder} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function whyNot({ state, captured }: BackorderDetail): string {
  if (!isTerminal(backorderMachine, state)) return 'Nothing is refunded before the result is known.'
  return captured.amount_minor === 0
    ? 'Nothing was paid.'
    : 'Everything that was paid is refunded or proposed.'
}
