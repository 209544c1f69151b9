import { Alert, Button, Group, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'

type SecretProps = {
  readonly title: string
  readonly about: string
  readonly value: string
  readonly onDone: () => void
}

/** What is shown this once: to be copied and kept elsewhere. */
export function Secret({ title, about, value, onDone }: SecretProps) {
  const t = useTranslations('actions')
  const [isCopied, setCopied] = useState(false)
  const shown = useRef<HTMLDivElement>(null)
  useEffect(() => shown.current?.focus(), [])
  return (
    <Alert title={title} role="status" variant="light" ref={shown} tabIndex={-1}>
      <Text size="sm">{about}</Text>
      <code className="secret">{value}</code>
      <Group gap="sm" mt="sm">
        <Button
          size="xs"
          onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}
        >
          {isCopied ? t('copied') : t('copy')}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {t('kept')}
        </Button>
      </Group>
    </Alert>
  )
}
