export default function () {
  return this === undefined
}
