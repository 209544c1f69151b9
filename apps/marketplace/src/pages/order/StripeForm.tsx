import { Alert, Button, Skeleton, Text } from '@mantine/core'
import type { Stripe, StripeElements } from '@stripe/stripe-js'
import { loadStripe } from '@stripe/stripe-js/pure'
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useViewing } from '../viewing.tsx'

type StripeFormProps = {
  readonly clientSecret: string
  readonly publishableKey: string
  /** For banks that ask on a page of their own. */
  readonly returnUrl: string
  readonly label: string
  /** The card was taken, or its bank's question answered: the API says what became of it. */
  readonly onConfirmed: () => void
  /** What the provider says of a card that was not taken, in the language of the page. */
  readonly onRefused: (said: string) => void
}

type Form = { readonly stripe: Stripe; readonly elements: StripeElements }

/** Stripe's Payment Element. Its script comes from Stripe's own host and its fields are Stripe's frames: no card number is in this page. */
export function StripeForm(props: StripeFormProps) {
  const { clientSecret, publishableKey, returnUrl, label, onConfirmed, onRefused } = props
  const t = useTranslations('pay')
  const place = useRef<HTMLDivElement>(null)
  const [attempt, setAttempt] = useState(0)
  const { form, isFailed } = useElements(place, { clientSecret, publishableKey, attempt })
  const [isConfirming, setIsConfirming] = useState(false)
  const confirm = async (event: FormEvent) => {
    event.preventDefault()
    if (form === undefined || isConfirming) return
    setIsConfirming(true)
    try {
      const { error } = await form.stripe.confirmPayment({
        elements: form.elements,
        confirmParams: { return_url: returnUrl },
        redirect: 'if_required',
      })
      if (error === undefined) onConfirmed()
      // Mistyped fields are marked by Stripe itself.
      else if (error.type !== 'validation_error') onRefused(error.message ?? t('declined'))
    } catch {
      onRefused(t('formFailed'))
    }
    setIsConfirming(false)
  }
  if (isFailed)
    return (
      <Alert color="red" variant="light" role="alert" title={t('formFailedTitle')}>
        <Text size="sm">{t('formFailed')}</Text>
        <Button mt="sm" size="xs" variant="default" onClick={() => setAttempt(attempt + 1)}>
          {t('again')}
        </Button>
      </Alert>
    )
  return (
    <form onSubmit={(event) => void confirm(event)}>
      {form === undefined ? <Skeleton height={180} /> : null}
      <div ref={place} />
      <Button
        type="submit"
        className="pay"
        size="md"
        mt="md"
        fullWidth
        disabled={form === undefined}
        loading={isConfirming}
      >
        {label}
      </Button>
    </form>
  )
}

type Wanted = {
  readonly clientSecret: string
  readonly publishableKey: string
  readonly attempt: number
}

/** The fields, mounted in `place`; `isFailed`: the script or the fields could not be loaded. */
function useElements(
  place: RefObject<HTMLDivElement | null>,
  { clientSecret, publishableKey, attempt }: Wanted,
) {
  const { language } = useViewing()
  const [form, setForm] = useState<Form>()
  const [isFailed, setIsFailed] = useState(false)
  useEffect(() => {
    let isGone = false
    let unmount = () => {}
    setIsFailed(false)
    const load = async () => {
      const stripe = await loadStripe(publishableKey, { locale: language })
      if (isGone || stripe === null || place.current === null) return
      const elements = stripe.elements({
        clientSecret,
        appearance: { variables: { colorPrimary: '#0b5f66', borderRadius: '8px' } },
      })
      const element = elements.create('payment')
      unmount = () => element.destroy()
      element.on('loaderror', () => setIsFailed(true))
      element.on('ready', () => setForm({ stripe, elements }))
      element.mount(place.current)
    }
    load().catch(() => setIsFailed(!isGone))
    return () => {
      isGone = true
      unmount()
      setForm(undefined)
    }
  }, [place, clientSecret, publishableKey, language, attempt])
  return { form, isFailed }
}
