export let made = 0
export class Counter {
  n = ++made
}
