import { Stack, Typography } from '@mui/material'
import type { PaymentDetail } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { Facts } from '../parts/Facts.tsx'
import { useMay } from '../parts/hooks.ts'
import { Section } from '../parts/Page.tsx'
import { MoneyText } from '../parts/texts.tsx'
import { RefundActions } from '../refunds/RefundDialog.tsx'

/** What was captured, what went back, what remains, and what may be done with that. */
export function PaymentMoney({ payment }: { payment: PaymentDetail }) {
  const { amount, captured, refunded, remaining, refundable } = payment
  return (
    <Section title="Money">
      <Facts
        narrow
        facts={[
          ['Asked', <MoneyText key="amount" amount={amount} />],
          ['Captured', <MoneyText key="captured" amount={captured} />],
          ['Refunded', <MoneyText key="refunded" amount={refunded} />],
          [
            'Remains',
            <strong key="remaining">
              <MoneyText amount={remaining} />
            </strong>,
          ],
        ]}
      />
      <Stack sx={{ px: 2, pb: 1.5, gap: 1 }}>
        {refundable.amount_minor > 0 ? (
          <Refundable payment={payment} />
        ) : (
          <Typography variant="caption" color="textSecondary">
            {whyNot(payment)}
          </Typography>
        )}
      </Stack>
    </Section>
  )
}

function Refundable({ payment }: { payment: PaymentDetail }) {
  const isFinance = useMay('refunds:complete')
  const { id, name, account_name, refundable, alone_left, alone_limit, ruled_destination } = payment
  const { purpose } = payment
  const isByCard = payment.method === 'card'
  const isTopUp = purpose === 'top_up'
  const ruled = isByCard && ruled_destination === 'original_payment' ? 'the card' : 'the balance'
  return (
    <>
      <Typography variant="caption" color="textSecondary">
        {isTopUp ? topUpText(payment) : `By the rule it goes to ${ruled} now.`}
        {isFinance
          ? ` Of ${moneyText(alone_limit)} that you may refund alone, ${moneyText(alone_left)} is left.`
          : ''}
      </Typography>
      <Stack direction="row" sx={{ gap: 1 }}>
        <RefundActions
          of={{ payment_id: id, name, account_name, refundable, isByCard, isTopUp }}
          alone={alone_left}
        />
      </Stack>
    </>
  )
}

function topUpText({ ruled_destination }: PaymentDetail): string {
  return ruled_destination === 'original_payment'
    ? 'It is taken from the balance, and by the rule it goes to the card.'
    : 'The balance has less than that. By the rule it has to cover what goes to the card; on credit it is an exception.'
}

function whyNot({ captured, remaining, secures, purpose, state }: PaymentDetail): string {
  if (captured.amount_minor === 0) return 'Nothing was captured.'
  if (!secures && purpose !== 'top_up') return 'It secures nothing, so it goes back by itself.'
  if (remaining.amount_minor <= 0) return 'Everything is refunded or proposed.'
  if (purpose === 'top_up') return 'The bank has taken it back.'
  if (state === 'disputed') return 'The bank disputes it.'
  return 'Nothing is refunded before the result is known.'
}
