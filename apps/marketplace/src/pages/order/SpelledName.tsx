import './spelled.css'
import { Text } from '@mantine/core'
import { toUnicode } from 'punycode.js'
import { useTranslations } from 'use-intl'
import { Facts } from '../parts/Facts.tsx'
import { useViewing } from '../viewing.tsx'
import { charactersOf, type Letter, scriptOf, spell } from './spell.ts'

/** A name spelled out, so that a mistyped or disguised one is seen before it is paid; an internationalised one in both forms. */
export function SpelledName({ name }: { name: string }) {
  const t = useTranslations('order')
  const unicode = toUnicode(name)
  const groups = spell(unicode)
  const say = ({ character, kind }: Letter) =>
    kind === 'dot'
      ? t('dot')
      : kind === 'hyphen'
        ? t('hyphen')
        : kind === 'digit'
          ? t('digit', { digit: character })
          : character
  const spoken = groups.map((group) => group.map(say).join(' ')).join(', ')
  const marked = charactersOf(unicode, ['digit', 'hyphen'])
  const others = charactersOf(unicode, ['other'])
  return (
    <div>
      <p className="spelled">
        <span className="unseen">{t('spelledOf', { spelled: spoken })}</span>
        {groups.map((group, index) => (
          // Groups do not move within a name.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className="group" aria-hidden="true">
            {group.map(({ character, kind }, place) => (
              // oxlint-disable-next-line react/no-array-index-key
              <span key={place} className={kind}>
                {character}
              </span>
            ))}
          </span>
        ))}
      </p>
      {marked.length === 0 ? null : (
        <Text size="sm">{t.rich('marks', { chars: () => <Characters key="chars" all={marked} /> })}</Text>
      )}
      {others.length === 0 ? null : (
        <Text size="sm">
          {t.rich('otherScript', { chars: () => <WithScripts key="chars" all={others} /> })}
        </Text>
      )}
      {unicode === name ? null : (
        <Facts
          facts={[
            [
              t('typed'),
              <span key="typed" className="name">
                {unicode}
              </span>,
            ],
            [
              t('registered'),
              <code key="registered" className="name">
                {name}
              </code>,
            ],
          ]}
        />
      )}
    </div>
  )
}

function Characters({ all }: { all: readonly string[] }) {
  return <strong>{all.join('  ')}</strong>
}

/** With their alphabets: a Cyrillic а looks like the Latin one. */
function WithScripts({ all }: { all: readonly string[] }) {
  const { language } = useViewing()
  const names = new Intl.DisplayNames([language], { type: 'script' })
  return [...Map.groupBy(all, scriptOf)].map(([script, characters], index) => (
    <span key={script ?? ''}>
      {index === 0 ? null : ', '}
      <strong>{characters.join(' ')}</strong>
      {script === undefined ? null : ` (${names.of(script)})`}
    </span>
  ))
}
