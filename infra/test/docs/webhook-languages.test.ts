import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { describe, expect, onTestFinished, test } from 'vitest'
import { blocksOf } from './blocks.ts'

// The page about webhooks shows how a signature is verified in languages for which there is no SDK. Each runs here, where it is installed,
// on messages that another implementation of Standard Webhooks has signed.

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`
const body = JSON.stringify({ id: 'e-1', type: 'backorder.successful', data: { name: 'zażółć.example' } })

type Message = { readonly body: string; readonly headers: Readonly<Record<string, string>> }

function signed(by: readonly string[], sentAt = new Date()): Message {
  const signatures = by.map((each) => new Webhook(each).sign('e-1', sentAt, body))
  const seconds = String(Math.floor(sentAt.getTime() / 1_000))
  const headers = {
    'webhook-id': 'e-1',
    'webhook-timestamp': seconds,
    'webhook-signature': signatures.join(' '),
  }
  return { body, headers }
}

const MINUTES_10_MS = 600_000

const right = { 'by the secret': signed([secret]), 'by two secrets': signed([other, secret]) }
const wrong = {
  'by another secret': signed([other]),
  changed: { ...signed([secret]), body: body.replace('example', 'exampel') },
  old: signed([secret], new Date(Date.now() - MINUTES_10_MS)),
  'of the future': signed([secret], new Date(Date.now() + MINUTES_10_MS)),
  'without the version': {
    ...signed([secret]),
    headers: {
      ...signed([secret]).headers,
      'webhook-signature': signed([secret]).headers['webhook-signature']?.slice(3) ?? '',
    },
  },
}

/** How the code of the page is made a program that reads a message as JSON, and ends well only where it is accepted. */
const languages = {
  python: {
    command: ['python3', 'verify.py'],
    file: 'verify.py',
    program: (code: string) =>
      `${code}\nimport sys\nm = json.load(sys.stdin)\nassert read_event(m["body"].encode(), m["headers"], m["secret"])["id"] == "e-1"\n`,
  },
  php: {
    command: ['php', 'verify.php'],
    file: 'verify.php',
    program: (code: string) =>
      `${code}\n$m = json_decode(file_get_contents('php://stdin'), true);\nif (read_event($m['body'], $m['headers'], $m['secret'])['id'] !== 'e-1') exit(1);\n`,
  },
  go: {
    command: ['go', 'run', 'verify.go'],
    file: 'verify.go',
    program: (code: string) => `package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

${code}
func main() {
	var m struct {
		Body, Secret string
		Headers      map[string]string
	}
	if err := json.NewDecoder(os.Stdin).Decode(&m); err != nil {
		panic(err)
	}
	header := http.Header{}
	for name, value := range m.Headers {
		header.Set(name, value)
	}
	if _, err := ReadEvent([]byte(m.Body), header, m.Secret); err != nil {
		panic(err)
	}
}
`,
  },
}

const isInstalled = (command: string) => spawnSync('which', [command]).status === 0

describe.each(Object.entries(languages))(
  '%s',
  (language, { command: [command = '', ...args], file, program }) => {
    test.skipIf(!isInstalled(command))(
      'accepts what is signed by the secret, and nothing else',
      { timeout: 120_000 },
      () => {
        const folder = mkdtempSync(join(tmpdir(), 'droplock-webhook-'))
        onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
        writeFileSync(join(folder, file), program(blocksOf('webhooks.md', language)[0]?.code ?? ''))
        const verify = (message: Message) => {
          const { status, stderr } = spawnSync(command, args, {
            cwd: folder,
            input: JSON.stringify({ ...message, secret }),
            encoding: 'utf8',
          })
          return status === 0 ? 'accepted' : stderr
        }
        for (const [how, message] of Object.entries(right)) expect(verify(message), how).toBe('accepted')
        for (const [how, message] of Object.entries(wrong))
          expect(verify(message), how).toMatch(/the signature is wrong|the message is old/)
      },
    )
  },
)
