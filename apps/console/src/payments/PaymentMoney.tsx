import { Stack, Typography } from '@mui/material'
import type { PaymentDetail } from '../api/types.ts'
import { moneyText } from '../format/money.ts'
import { Facts } from '../parts/Facts.tsx'
import { useMay } from '../parts/hooks.ts'
import { Section } from '../parts/Page.tsx'
import { MoneyText, PartText } from '../parts/texts.tsx'
import { RefundActions } from '../refunds/RefundDialog.tsx'

/** The amounts of a payment, and the buttons that refund it. */
export function PaymentMoney({ payment }: { payment: PaymentDetail }) {
  const { amount, captured, refunded, remaining, refundable } = payment
  return (
    <Section title="Amounts">
      <Facts
        narrow
        facts={[
          ['Requested', <MoneyText key="amount" amount={amount} />],
          ['Captured', <MoneyText key="captured" amount={captured} />],
          ['Refunded', <PartText key="refunded" part={refunded} whole={captured} />],
          [
            'Remaining',
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
  const ruled = isByCard && ruled_destination === 'original_payment' ? 'original card' : 'account balance'
  return (
    <>
      <Typography variant="caption" color="textSecondary">
        {isTopUp ? topUpText(payment) : `Default destination: ${ruled}.`}
        {isFinance
          ? ` You may still refund ${moneyText(alone_left)} of ${moneyText(alone_limit)} without approval.`
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
    ? 'A refund is taken from the account balance. Default destination: original card.'
    : 'The account balance does not cover a refund of all of it. Refunding more than the balance is an exception.'
}

function whyNot({ captured, remaining, secures, purpose, state }: PaymentDetail): string {
  if (captured.amount_minor === 0) return 'Nothing was captured.'
  if (!secures && purpose !== 'top_up')
    return 'This payment secures no backorder. It is refunded automatically.'
  if (remaining.amount_minor <= 0) return 'Nothing is left to refund.'
  if (purpose === 'top_up') return 'The bank has charged it back.'
  if (state === 'disputed') return 'The payment is disputed.'
  return 'Refunds are possible once the result is known.'
}
