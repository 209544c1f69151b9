import type { Account } from '../api/types.ts'
import { Facts } from '../parts/Facts.tsx'
import { MoneyText } from '../parts/MoneyText.tsx'
import { Section } from '../parts/Section.tsx'
import { BalanceText } from './BalanceText.tsx'

export function AccountMoney({
  account: { balance, credit_limit, available, escrow },
}: {
  account: Account
}) {
  return (
    <Section title="Money now">
      <Facts
        narrow
        facts={[
          ['Balance', <BalanceText key="balance" balance={balance} />],
          ['Credit limit', <MoneyText key="credit" amount={credit_limit} />],
          [
            'Available',
            <strong key="available">
              <MoneyText amount={available} />
            </strong>,
          ],
          ['In escrow', <MoneyText key="escrow" amount={escrow} />],
        ]}
      />
    </Section>
  )
}
