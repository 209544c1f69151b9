import { ProblemError } from '@droplock/sdk/client'
import { Alert, Button, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { codeOf } from '../api.ts'
import { OwnProblem } from '../own.ts'
import { useSignInHref } from './SignInFirst.tsx'

/** A refusal or a failure, in words, with its code and what to do. */
export function Problem({ error, onAgain }: { error: unknown; onAgain?: () => void }) {
  const t = useTranslations('problems')
  const code = codeOf(error)
  const known = `codes.${code}`
  const detail = t.has(known as never)
    ? t(known as never)
    : error instanceof ProblemError && error.problem !== undefined
      ? error.problem.detail
      : error instanceof OwnProblem
        ? error.message
        : t('unreachable')
  return (
    <Alert color="red" variant="light" title={t('title')} role="alert">
      <Text>{detail}</Text>
      <Text size="sm" c="dimmed">
        {t('code', { code })}
      </Text>
      {code === 'unauthenticated' ? (
        <SignInAgain />
      ) : onAgain === undefined ? null : (
        <Button mt="sm" size="xs" variant="default" onClick={onAgain}>
          {t('again')}
        </Button>
      )}
    </Alert>
  )
}

/** The session has ended while the page was open: a whole new page asks for the sign-in, and leads back here. */
function SignInAgain() {
  const t = useTranslations('nav')
  return (
    <Button component="a" href={useSignInHref('sign-in')} mt="sm" size="xs" variant="default">
      {t('signIn')}
    </Button>
  )
}
