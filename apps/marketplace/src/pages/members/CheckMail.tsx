import { Anchor, Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { askOwn } from '../own.ts'
import { Problem } from '../parts/Problem.tsx'
import { useHref } from '../viewing.tsx'
import { Narrow } from './Narrow.tsx'
import { withNext } from './next.ts'

type CheckMailProps = {
  readonly email: string
  readonly next: string | undefined
  /** Back to the form, to type another address. */
  readonly onChange: () => void
}

/** After sign-up: what to do now, and the mail once more. */
export function CheckMail({ email, next, onChange }: CheckMailProps) {
  const t = useTranslations('checkMail')
  return (
    <Narrow title={t('title')} replaces>
      <Text>{t.rich('sent', { email: () => <strong className="name">{email}</strong> })}</Text>
      <Text c="dimmed">{t('notThere')}</Text>
      <Group>
        <ResendButton email={email} next={next} />
        <Anchor component="button" type="button" onClick={onChange}>
          {t('change')}
        </Anchor>
      </Group>
    </Narrow>
  )
}

/** Sends the link that confirms an address once more; it leads to `callbackURL`. */
export function sendLink(email: string, callbackURL: string): Promise<unknown> {
  return askOwn('POST', '/auth/send-verification-email', { email, callbackURL })
}

/** The same with a press. */
export function ResendButton({ email, next }: Pick<CheckMailProps, 'email' | 'next'>) {
  const t = useTranslations('checkMail')
  const href = useHref()
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => sendLink(email, href(`/confirmed${withNext(next)}`)),
  })
  return (
    <>
      <Button variant="default" loading={isPending} onClick={() => mutate()}>
        {t('again')}
      </Button>
      <Text role="status" size="sm">
        {isSuccess && !isPending ? t('sentAgain') : ''}
      </Text>
      {error === null ? null : <Problem error={error} />}
    </>
  )
}
