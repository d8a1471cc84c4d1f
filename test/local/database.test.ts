import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createBlobs } from '../../lib/local/blobs.ts'
import { migrations } from '../../lib/local/migrations.ts'
import { DATABASE_NAME, openDatabase } from '../../lib/local/open-database.ts'
import { freshFolder } from './fresh-folder.ts'
import { notes } from './notes.ts'

describe('the writes of one turn', () => {
  it('are kept together: all, or none where one of them fails', async () => {
    const { put, read } = notes()
    await put(1)
    const results = await Promise.allSettled([put(2), put(3), put(1)])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect((results[0] as PromiseRejectedResult).reason).toMatchObject({ code: 'unavailable' })
    expect(await read()).toEqual([1])
    await Promise.all([put(2), put(3)])
    expect(await read()).toEqual([1, 2, 3])
  })

  it('are seen by reads of that turn, which are answered only once they are kept', async () => {
    const { put, read } = notes()
    const order: string[] = []
    const written = put(7).then(() => order.push('kept'))
    const found = read().then(rows => {
      order.push('read')
      return rows
    })
    await Promise.resolve()
    expect(order).toEqual([])
    expect(await found).toEqual([7])
    await written
    expect(order).toEqual(['kept', 'read'])
  })

  it('fail the reads that saw them, where they are not kept', async () => {
    const { put, read } = notes()
    await put(1)
    const results = await Promise.allSettled([put(2), read(), put(1)])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(await read()).toEqual([1])
  })

  it('are told to listeners once they are kept, before their writers hear of it', async () => {
    const { database, put } = notes()
    const order: string[] = []
    const one = database.write(() => database.afterwards(() => order.push('listener'))).then(() => order.push('writer'))
    const failing = put(5).then(() => database.write(() => database.afterwards(() => order.push('second'))))
    await Promise.all([one, failing])
    expect(order).toEqual(['listener', 'writer', 'second'])
    const rolledBack = database.write(() => {
      database.afterwards(() => order.push('never'))
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    await turn()
    expect(order).not.toContain('never')
  })

  it('are kept by a close, after which nothing is taken', async () => {
    const folder = freshFolder()
    const database = openDatabase({ folder })
    const add = database.prepare('INSERT INTO pointers VALUES (?)')
    const written = database.write(() => add.run(1))
    database.close()
    await written
    await expect(database.write(() => add.run(2))).rejects.toMatchObject({ code: 'unavailable' })
    await expect(database.read(() => add.run(2))).rejects.toMatchObject({ code: 'unavailable' })
    const again = openDatabase({ folder })
    onTestFinished(() => again.close())
    expect(again.prepare('SELECT gate FROM pointers').all()).toEqual([[1]])
  })
})

describe('who runs ahead', () => {
  it('goes on before its writes are kept, and hears of that once they are', async () => {
    const { database, put, read } = notes()
    const add = database.prepare('INSERT INTO pointers VALUES (?)')
    const order: string[] = []
    const kept = database.begin()
    await database.ahead.write(() => add.run(1))
    await database.ahead.write(() => database.afterwards(() => order.push('listener')))
    order.push('ahead')
    const told = kept().then(() => order.push('kept'))
    const other = put(2).then(() => order.push('other'))
    await Promise.all([told, other])
    expect(order).toEqual(['ahead', 'listener', 'kept', 'other'])
    expect(await read()).toEqual([1, 2])
    await kept()
  })

  it('hears where a write of the turn failed, and gets no further in it', async () => {
    const { database, put, read } = notes()
    const add = database.prepare('INSERT INTO pointers VALUES (?)')
    await put(1)
    const kept = database.begin()
    await database.ahead.write(() => add.run(2))
    await expect(put(1)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(database.ahead.write(() => add.run(3))).rejects.toMatchObject({ code: 'unavailable' })
    await expect(database.ahead.read(() => 3)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(kept()).rejects.toMatchObject({ code: 'unavailable' })
    await turn()
    await expect(kept()).rejects.toMatchObject({ code: 'unavailable' })
    await database.ahead.write(() => add.run(4))
    await database.begin()()
    expect(await read()).toEqual([1, 4])
  })
})

describe('a folder', () => {
  const optionOf = (fullSync: boolean): unknown => {
    const database = openDatabase({ folder: freshFolder(), fullSync })
    onTestFinished(() => database.close())
    return database.prepare('PRAGMA synchronous').get()?.[0]
  }

  it('belongs to one service at a time', () => {
    const folder = freshFolder()
    const database = openDatabase({ folder })
    expect(() => openDatabase({ folder })).toThrow(expect.objectContaining({ code: 'in-use' }))
    database.close()
    openDatabase({ folder }).close()
  })

  it('is private', () => {
    const folder = join(freshFolder(), 'new')
    openDatabase({ folder }).close()
    expect(statSync(folder).mode & 0o077).toBe(0)
    expect(statSync(join(folder, DATABASE_NAME)).mode & 0o077).toBe(0)
  })

  it('of a newer version is refused, and untouched', () => {
    const folder = freshFolder()
    openDatabase({ folder }).close()
    const file = new DatabaseSync(join(folder, DATABASE_NAME))
    file.exec(`PRAGMA user_version = ${migrations.length + 1}`)
    file.close()
    const newer = `version ${migrations.length + 1}, and this PiCloud knows versions up to ${migrations.length}`
    expect(() => openDatabase({ folder })).toThrow(
      expect.objectContaining({ code: 'incompatible', message: expect.stringContaining(newer) }),
    )
  })

  it('of an older version takes the steps that it lacks, and keeps its records', async () => {
    const folder = freshFolder()
    const file = new DatabaseSync(join(folder, DATABASE_NAME))
    file.exec(`${migrations[0]}; PRAGMA user_version = 1; PRAGMA application_id = ${0x50_69_43_64}`)
    file.exec('INSERT INTO pointers VALUES (5)')
    file.close()
    const database = openDatabase({ folder })
    onTestFinished(() => database.close())
    expect(database.prepare('PRAGMA user_version').get()).toEqual([migrations.length])
    expect(database.prepare('SELECT gate FROM pointers').all()).toEqual([[5]])
  })

  it.each([
    ['another program’s database', (path: string) => new DatabaseSync(path).exec('CREATE TABLE theirs (a)')],
    [
      'no database',
      (path: string) => writeFileSync(path, 'something else entirely, of more than a hundred bytes. '.repeat(9)),
    ],
  ])('with %s is refused', (_what, make) => {
    const folder = freshFolder()
    make(join(folder, DATABASE_NAME))
    expect(() => openDatabase({ folder })).toThrow(expect.objectContaining({ code: 'incompatible' }))
  })

  it('with a damaged database is refused by its name, and left as it is', () => {
    const folder = freshFolder()
    openDatabase({ folder }).close()
    const file = join(folder, DATABASE_NAME)
    // Its header says how long it is, and that is the last thing that is true.
    truncateSync(file, 3 * 2_048)
    const before = readFileSync(file)
    expect(() => openDatabase({ folder })).toThrow(
      expect.objectContaining({ code: 'incompatible', message: expect.stringContaining(`${file} is damaged`) }),
    )
    expect(readFileSync(file)).toEqual(before)
  })

  it('that is a file, or lies below one, is refused by its name', () => {
    const file = join(freshFolder(), 'file')
    writeFileSync(file, '')
    for (const folder of [file, join(file, 'below')]) {
      expect(() => openDatabase({ folder })).toThrow(
        expect.objectContaining({
          code: 'invalid-argument',
          message: expect.stringContaining(`its data in ${folder}: E`),
        }),
      )
    }
  })

  it.each([
    ['missing', undefined],
    ['empty', ''],
  ])('whose database is %s is refused where blobs or writes of it are left, and stays as it is', (what, content) => {
    for (const left of ['blobs/files/ab/content~', `${DATABASE_NAME}-wal`]) {
      const folder = freshFolder()
      const [file, rest] = [join(folder, DATABASE_NAME), join(folder, left)]
      mkdirSync(dirname(rest), { recursive: true })
      writeFileSync(rest, 'kept')
      if (content !== undefined) writeFileSync(file, content)
      expect(() => openDatabase({ folder })).toThrow(
        expect.objectContaining({ code: 'incompatible', message: expect.stringContaining(`${file} is ${what}`) }),
      )
      expect(readFileSync(rest, 'utf8')).toBe('kept')
      expect(existsSync(file)).toBe(content !== undefined)
    }
  })

  it('in which only empty folders are left of blobs is begun anew', () => {
    const folder = freshFolder()
    mkdirSync(join(folder, 'blobs', 'jobs', 'ab'), { recursive: true })
    openDatabase({ folder }).close()
  })

  it('that lacks others above it is made with them, for its user alone', () => {
    const above = join(freshFolder(), 'above')
    openDatabase({ folder: join(above, 'new') }).close()
    expect(statSync(above).mode & 0o077).toBe(0)
  })

  it.runIf(process.platform === 'linux')('in a place that takes no folders is refused', () => {
    for (const folder of ['/proc/picloud', '/proc/picloud/below']) {
      expect(() => openDatabase({ folder })).toThrow(
        expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(folder) }),
      )
    }
  })

  it('in which the blobs’ folder is a file is refused by its name', () => {
    const folder = freshFolder()
    writeFileSync(join(folder, 'blobs'), '')
    expect(() => createBlobs({ folder })).toThrow(
      expect.objectContaining({
        code: 'invalid-argument',
        message: expect.stringContaining(`its data in ${folder}: E`),
      }),
    )
  })

  it('is flushed at each commit only where that is asked for', () => {
    // 1 = NORMAL, 2 = FULL.
    expect([optionOf(false), optionOf(true)]).toEqual([1, 2])
  })
})
