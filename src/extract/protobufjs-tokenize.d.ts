// The tokenizer of protobufjs alone: with its parser, whose time grows with the square of a message's fields, comes all
// of the library.
declare module "protobufjs/src/tokenize.js" {
	const tokenize: typeof import("protobufjs").tokenize;
	export default tokenize;
}
