export class Point {}
