import { Anchor, Button, Radio, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Link } from 'wouter'
import { balanceQuery } from '../account/queries.ts'
import { type Money, type Payment, useApi } from '../api.ts'
import { later } from '../later.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useMoney, useSpace } from '../parts/texts.tsx'
import { useChange } from '../parts/use-change.ts'
import { useHref } from '../viewing.tsx'
import { chosenMethod, type Method, methods, missingOf, usableMethods } from './methods.ts'

const CardPayment = later(async () => (await import('./CardPayment.tsx')).CardPayment)

type Reasons = Partial<Readonly<Record<Method, string>>>

type PayBoxProps = {
  /** What is paid, in words that are the same after a reload: the Idempotency-Key is kept under them. */
  readonly what: string
  /** What else the requests say: other content is another request, with another key. */
  readonly content?: unknown
  readonly amount: Money
  /** Pays from the balance; left out: not offered. The key goes into the header of the request (`once`). */
  readonly fromBalance?: ((key: string) => Promise<unknown>) | undefined
  /** Opens a payment by card and resolves with it, or with nothing where another page goes on. Left out: not offered. */
  readonly byCard?: ((key: string) => Promise<Payment | undefined>) | undefined
  /** A payment by card that is open already. */
  readonly opened?: Payment | undefined
  /** Chosen at first, where it can be used. Left out: the balance if it covers the amount. */
  readonly preferred?: Method | undefined
  /** Why a method cannot be used now. */
  readonly whyNot?: Reasons | undefined
  /** The path of this page, without language, to which a bank's own page returns. */
  readonly returnTo: string
  /** The API says that it is paid. */
  readonly onPaid: (method: Method) => void
  /** Texts of the buttons, if not "Pay €10.00 from the balance" and "Pay €10.00 by card". */
  readonly labels?: Reasons | undefined
  /** What one agrees to by paying in this way: between the choice and the button. */
  readonly notice?: ((method: Method | undefined) => ReactNode) | undefined
  /** What has to be done first, in words: the button waits for it. */
  readonly first?: string | undefined
  /** A refusal that is shown in another way than by its words; undefined: by those. */
  readonly showRefusal?: ((error: unknown) => ReactNode | undefined) | undefined
}

/** What a request says: another one has another key. */
type Paid = { readonly method: Method; readonly amount: Money; readonly content: unknown }

/** What is due is paid: from the balance, with what is left of it, or by card. Each request is done once, however often it is sent. */
export function PayBox(props: PayBoxProps) {
  const { what, content, amount, fromBalance, byCard, whyNot = {}, onPaid } = props
  const read = useQuery({ ...balanceQuery(useApi()), enabled: fromBalance !== undefined })
  const balance = read.data
  const [chosen, setChosen] = useState(props.preferred)
  const [payment, setPayment] = useState(props.opened)
  const {
    mutate,
    isPending,
    error: refusal,
    reset,
  } = useChange({
    keptAs: what,
    change: ({ method }: Paid, key) => send(props, method, key),
    onDone: (opened, { method }) => (method === 'balance' ? onPaid(method) : setPayment(opened)),
  })
  // A second click comes before the button is drawn as waiting.
  const isSending = useRef(false)
  const pay = (method: Method) => {
    if (isSending.current) return
    isSending.current = true
    mutate({ method, amount, content }, { onSettled: () => (isSending.current = false) })
  }
  // What was read stays while the service cannot be reached.
  if (read.error !== null && balance === undefined)
    return <Problem error={read.error} onAgain={() => void read.refetch()} />
  if (fromBalance !== undefined && balance === undefined) return <Skeleton height={160} />
  const usable = usableMethods({
    amount,
    available: balance?.available,
    offered: [
      ...(fromBalance === undefined ? [] : (['balance'] as const)),
      ...(byCard === undefined ? [] : (['card'] as const)),
    ],
    refused: methods.filter((method) => whyNot[method] !== undefined),
  })
  const method = chosenMethod(usable, { chosen, hasCard: payment !== undefined })
  return (
    <Stack gap="md">
      {fromBalance === undefined || balance === undefined ? null : (
        <MethodChoice
          {...{ amount, available: balance.available, usable, method, whyNot }}
          hasCard={byCard !== undefined}
          onChoose={(next) => {
            setChosen(next)
            reset()
          }}
        />
      )}
      {props.notice?.(method)}
      {refusal === null ? null : (props.showRefusal?.(refusal) ?? <Problem error={refusal} />)}
      {method === 'card' && payment !== undefined ? (
        <Suspense fallback={<Skeleton height={120} />}>
          <CardPayment
            payment={payment}
            returnTo={props.returnTo}
            onPaid={() => onPaid('card')}
            onAnother={() => pay('card')}
          />
        </Suspense>
      ) : method === undefined ? null : (
        <PayButton {...props} method={method} isPending={isPending} onPay={() => pay(method)} />
      )}
    </Stack>
  )
}

async function send(
  { fromBalance, byCard }: PayBoxProps,
  method: Method,
  key: string,
): Promise<Payment | undefined> {
  if (method === 'card') return byCard?.(key)
  await fromBalance?.(key)
  return undefined
}

type PayButtonProps = Pick<PayBoxProps, 'amount' | 'labels' | 'first'> & {
  readonly method: Method
  readonly isPending: boolean
  readonly onPay: () => void
}

function PayButton({ amount, labels, first, method, isPending, onPay }: PayButtonProps) {
  const t = useTranslations('pay')
  const money = useMoney()
  const label = labels?.[method] ?? t(method === 'card' ? 'payCard' : 'payBalance', { amount: money(amount) })
  return (
    <div>
      <Button
        className="pay"
        size="md"
        fullWidth
        loading={isPending}
        disabled={first !== undefined}
        onClick={onPay}
      >
        {label}
      </Button>
      {first === undefined ? null : (
        <Text size="sm" mt="xs">
          {first}
        </Text>
      )}
    </div>
  )
}

type MethodChoiceProps = {
  readonly amount: Money
  readonly available: Money
  readonly usable: readonly Method[]
  readonly method: Method | undefined
  readonly whyNot: Reasons
  readonly hasCard: boolean
  readonly onChoose: (method: Method) => void
}

function MethodChoice(props: MethodChoiceProps) {
  const { amount, available, usable, method, whyNot, hasCard, onChoose } = props
  const t = useTranslations('pay')
  const space = useSpace()
  const money = useMoney()
  const href = useHref()
  const missing = missingOf({ amount, available })
  const left = { ...available, amount_minor: available.amount_minor - amount.amount_minor }
  const aboutBalance =
    missing > 0
      ? t('tooLittle', {
          available: money(available),
          missing: money({ ...available, amount_minor: missing }),
        })
      : t('left', { available: money(available), left: money(left) })
  const balanceText = (
    <>
      {whyNot.balance ?? aboutBalance}
      {missing === 0 ? null : space}
      {missing === 0 ? null : (
        <Anchor component={Link} href={href('/account/balance')} inherit>
          {t('topUp')}
        </Anchor>
      )}
    </>
  )
  return (
    <div>
      {hasCard ? (
        <Radio.Group
          label={t('method')}
          value={method ?? null}
          onChange={(value) => onChoose(value === 'card' ? 'card' : 'balance')}
        >
          <Stack gap="sm" mt="xs">
            <Radio
              value="balance"
              label={t('balance')}
              description={balanceText}
              disabled={!usable.includes('balance')}
            />
            <Radio
              value="card"
              label={t('card')}
              description={whyNot.card ?? t('cardAbout')}
              disabled={!usable.includes('card')}
            />
          </Stack>
        </Radio.Group>
      ) : (
        <>
          <Text fw={500}>{t('balance')}</Text>
          <Text size="sm">{balanceText}</Text>
        </>
      )}
    </div>
  )
}
