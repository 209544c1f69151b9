import { backorderMachine } from '@droplock/rules/machines/backorder'
import { isTerminal } from '@droplock/rules/machines/machine'
import { Box, Typography } from '@mui/material'
import type { BackorderDetail } from '../api/types.ts'
import { Facts } from '../parts/Facts.tsx'
import { useMay } from '../parts/hooks.ts'
import { AppLink, recordLink } from '../parts/links.tsx'
import { Section } from '../parts/Page.tsx'
import { MoneyText, PartText } from '../parts/texts.tsx'
import { RefundActions } from '../refunds/RefundDialog.tsx'

/** The amounts of a backorder, and the button that proposes a refund. */
export function BackorderAmounts({ backorder }: { backorder: BackorderDetail }) {
  const mayOpen = useMay('money:read')
  const { payment_id } = backorder
  return (
    <Section title="Amounts">
      <Facts
        narrow
        facts={[
          ['Price', <MoneyText key="price" amount={backorder.price} />],
          ['Paid', <MoneyText key="paid" amount={backorder.captured} />],
          ['Refunded', <PartText key="refunded" part={backorder.refunded} whole={backorder.captured} />],
          ['Refundable', <MoneyText key="refundable" amount={backorder.refundable} />],
          [
            'Payment',
            payment_id !== undefined && mayOpen && (
              <AppLink key="payment" to={recordLink('payments', payment_id)}>
                View payment
              </AppLink>
            ),
          ],
        ]}
      />
      <Box sx={{ px: 2, pb: 1.5 }}>
        {backorder.refundable.amount_minor > 0 && payment_id !== undefined ? (
          <RefundActions
            of={{
              payment_id,
              name: backorder.name,
              account_name: backorder.account_name,
              refundable: backorder.refundable,
              isByCard: isByCard(backorder),
            }}
          />
        ) : (
          <Typography variant="caption" color="textSecondary">
            {whyNot(backorder)}
          </Typography>
        )}
      </Box>
    </Section>
  )
}

function whyNot({ state, captured }: BackorderDetail): string {
  if (!isTerminal(backorderMachine, state)) return 'Refunds are possible once the result is known.'
  return captured.amount_minor === 0 ? 'Nothing has been paid.' : 'Nothing is left to refund.'
}

function isByCard({ timeline }: BackorderDetail): boolean {
  return timeline.some((entry) => entry.kind === 'payment' && entry.method === 'card')
}
