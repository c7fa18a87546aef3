// Reads exported stories as the engines do that they are made for.
// In: {"engine": NAME, "sources": [TEXT, ...]}. Out: what that engine makes of each.
const { pathToFileURL } = require('url')

function ink(source) {
  const { Compiler } = require('inkjs/full')
  const play = (stray) => {
    const story = new Compiler(source).Compile()
    const lines = []
    let choices = 0
    while (story.canContinue || story.currentChoices.length) {
      if (story.canContinue) {
        const text = story.Continue().replace(/\n$/, '')
        lines.push({ text, tags: story.currentTags })
      } else {
        choices += 1
        story.ChooseChoiceIndex(choices === stray ? 1 : 0)
      }
    }
    return { lines, choices, tags: story.globalTags }
  }
  const played = play(0)
  const strays = Array.from({ length: played.choices }, (_, n) => play(n + 1).lines.filter((line) => line.text).length)
  return { ...played, strays }
}

function yarn(source) {
  const YarnBound = require('yarn-bound')
  const runner = new YarnBound({ dialogue: source, startAt: 'Scene_1' })
  const lines = []
  let choices = 0
  while (runner.currentResult) {
    const { text, markup, hashtags, options } = runner.currentResult
    if (options) {
      choices += 1
      runner.advance(0)
      continue
    }
    if (text === undefined) break
    lines.push({ text, markup, tags: hashtags })
    if (runner.currentResult.isDialogueEnd) break
    runner.advance()
  }
  return { lines, choices }
}

async function twee(source) {
  const { parseTwee } = await import(pathToFileURL(require.resolve('extwee')))
  const story = parseTwee(source)
  const passages = story.passages.map(({ name, tags, text }) => ({ name, tags, text }))
  return { passages, start: story.start, ifid: story.IFID, name: story.name }
}

function fountain(source) {
  const { Fountain } = require('fountain-js')
  return { tokens: new Fountain().parse(source, true).tokens }
}

async function annotations(source) {
  // It is made for browsers, and touches the page as soon as it is loaded.
  const element = () => ({ style: {}, setAttribute() {} })
  globalThis.window = globalThis
  globalThis.document = { createElement: element, head: { appendChild() {} }, createTextNode() {}, addEventListener() {} }
  const { W3CTextFormat } = await import(pathToFileURL(require.resolve('@recogito/text-annotator').replace('.umd.js', '.es.js')))
  const page = JSON.parse(source)
  return page.items.map((item) => {
    const { parsed, error } = W3CTextFormat('story', null).parse(item)
    return error ? { error: String(error) } : { id: parsed.id, selector: parsed.target.selector, bodies: parsed.bodies }
  })
}

async function main() {
  let input = ''
  for await (const chunk of process.stdin) input += chunk
  const { engine, sources } = JSON.parse(input)
  const reader = { ink, yarn, twee, fountain, annotations }[engine]
  const found = []
  for (const source of sources) found.push(await reader(source))
  process.stdout.write(JSON.stringify(found))
}

main()
