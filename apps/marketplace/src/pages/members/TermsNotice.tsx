import { Alert, Anchor, Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { askOwn } from '../own.ts'
import { Problem } from '../parts/Problem.tsx'
import { useHref } from '../viewing.tsx'

/** Terms that a person has not accepted yet. */
export function TermsNotice() {
  const t = useTranslations('termsNotice')
  const href = useHref()
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => askOwn('POST', '/people/me/terms'),
  })
  if (isSuccess)
    return (
      <Alert variant="light" role="status">
        {t('accepted')}
      </Alert>
    )
  return (
    <Alert color="orange" title={t('title')}>
      <Text>{t('text')}</Text>
      <Group mt="sm" gap="md">
        <Button size="xs" loading={isPending} onClick={() => mutate()}>
          {t('accept')}
        </Button>
        <Anchor href={href('/help#terms')} target="_blank" rel="noopener">
          {t('read')}
        </Anchor>
      </Group>
      {error === null ? null : <Problem error={error} />}
    </Alert>
  )
}
