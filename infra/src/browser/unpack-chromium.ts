import { execFileSync } from 'node:child_process'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'

/** A browser, and the variables it needs to start. */
export type Browser = { readonly executable: string; readonly env: Readonly<Record<string, string>> }

const packageName = '@sparticuz/chromium'

/**
 * Unpacks the Chromium of the npm package with its libraries, once per version. The package's own way unpacks into the
 * system's temporary folder, takes whatever browser it finds there, and leaves the libraries out.
 */
export async function unpackChromium(folder: string): Promise<Browser> {
  const archives = join(dirname(createRequire(import.meta.url).resolve(packageName)), '..', 'bin')
  const home = join(folder, `chromium-${versionOf(dirname(archives))}`)
  if (!existsSync(home)) {
    // Unpacked beside and renamed at the end: a run that was killed half-way leaves nothing that looks whole.
    const fresh = `${home}.${process.pid}`
    rmSync(fresh, { recursive: true, force: true })
    mkdirSync(fresh, { recursive: true })
    await unpackFile(join(archives, 'chromium.br'), join(fresh, 'chromium'))
    for (const name of ['al2023', 'swiftshader', 'fonts'])
      await unpackTar(join(archives, `${name}.tar.br`), fresh)
    putInPlace(fresh, home)
  }
  return { executable: join(home, 'chromium'), env: { LD_LIBRARY_PATH: join(home, 'lib') } }
}

function versionOf(packageFolder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown'
}

async function unpackFile(archive: string, file: string): Promise<void> {
  await pipeline(
    createReadStream(archive),
    createBrotliDecompress(),
    createWriteStream(file, { mode: 0o755 }),
  )
}

/** By way of a file: tar stops reading at the archive's end mark and would break a pipe. */
async function unpackTar(archive: string, folder: string): Promise<void> {
  const tar = join(folder, 'archive.tar')
  await unpackFile(archive, tar)
  execFileSync('tar', ['-x', '-f', tar, '-C', folder])
  rmSync(tar)
}

/** Of two runs that unpack at once, the first one's folder stays. */
function putInPlace(fresh: string, home: string): void {
  try {
    renameSync(fresh, home)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(home)) throw error
  }
}
