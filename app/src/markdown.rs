//! Descriptions and comments: Markdown in, harmless HTML out.
//!
//! CommonMark with tables, strikethrough and bare links. HTML in the source is shown as the text it
//! is; a picture becomes a link to it, since the page's policy loads none from elsewhere; a line
//! break stays one, as people expect in a comment. What comes out is cleaned once more by another
//! library with a list of what may stay.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::Builder;
use comrak::{
    Arena, Node, Options,
    arena_tree::NodeEdge,
    format_html,
    nodes::{AstNode, NodeValue},
    parse_document,
};

/// The deepest nesting of quotes, lists and emphasis that is laid out. Deeper ones are no text of
/// anybody's, and cleaning takes a time that grows with its square.
const MAX_DEPTH: usize = 60;

/// Headings of a text stand below those of the page around it.
const HEADINGS_ABOVE: u8 = 2;

/// What may stand in a description or a comment.
const TAGS: [&str; 22] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
];

/// The class of a mention, the only one that is let through.
const MENTION: &str = "mention";

static CLEAN: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.into_iter().chain(["tr", "ul"]).collect())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .allowed_classes(HashMap::from([("span", HashSet::from([MENTION]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .link_rel(Some("nofollow noopener"));
    builder
});

/// `source` as HTML. Each `@` with one of `names` behind it becomes a mention.
pub fn to_html(source: &str, names: &[&str]) -> String {
    let options = options();
    let arena = Arena::new();
    let root = parse_document(&arena, source, &options);
    if depth(root) > MAX_DEPTH {
        return format!("<p>{}</p>", ammonia::clean_text(source));
    }
    let nodes: Vec<Node<'_>> = root.descendants().collect();
    for node in nodes {
        tame(&arena, node);
        mark_mentions(&arena, node, names);
    }
    let mut html = String::new();
    // Writing into a string does not fail.
    let _ = format_html(root, &options, &mut html);
    CLEAN.clean(&html).to_string()
}

/// How deep the deepest of `root`'s descendants stands.
fn depth(root: Node<'_>) -> usize {
    let (mut here, mut deepest) = (0_usize, 0);
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(_) => here += 1,
            NodeEdge::End(_) => here -= 1,
        }
        deepest = deepest.max(here);
    }
    deepest
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.render.escape = true;
    options.render.hardbreaks = true;
    options
}

/// Lowers headings and turns pictures into links.
fn tame<'a>(arena: &'a Arena<'a>, node: Node<'a>) {
    let mut data = node.data.borrow_mut();
    match &mut data.value {
        NodeValue::Heading(heading) => heading.level = (heading.level + HEADINGS_ABOVE).min(6),
        NodeValue::Image(link) => {
            let link = link.clone();
            if node.first_child().is_none() {
                node.append(text(arena, link.url.clone()));
            }
            data.value = NodeValue::Link(link);
        }
        _ => {}
    }
}

/// Cuts a text at its mentions.
fn mark_mentions<'a>(arena: &'a Arena<'a>, node: Node<'a>, names: &[&str]) {
    let NodeValue::Text(source) = node.data.borrow().value.clone() else {
        return;
    };
    let mut rest: &str = &source;
    let mut found = false;
    while let Some((before, name, after)) = first_mention(rest, names) {
        let name = ammonia::clean_text(name);
        let mention = format!("<span class=\"{MENTION}\">@{name}</span>");
        node.insert_before(text(arena, before.to_owned()));
        node.insert_before(arena.alloc(AstNode::from(NodeValue::Raw(mention))));
        rest = after;
        found = true;
    }
    if found {
        node.data.borrow_mut().value = NodeValue::Text(rest.to_owned().into());
    }
}

/// What is before the first mention in `text`, the name, and what is behind.
fn first_mention<'t>(text: &'t str, names: &[&str]) -> Option<(&'t str, &'t str, &'t str)> {
    text.match_indices('@').find_map(|(at, _)| {
        let behind = &text[at + 1..];
        let name = mentioned(behind, names)?;
        Some((&text[..at], &behind[..name.len()], &behind[name.len()..]))
    })
}

/// The longest of `names` that `text` begins with, as a whole word.
pub fn mentioned<'n>(text: &str, names: &[&'n str]) -> Option<&'n str> {
    names
        .iter()
        .copied()
        .filter(|name| !name.is_empty() && text.starts_with(name))
        .filter(|name| !text[name.len()..].starts_with(char::is_alphanumeric))
        .max_by_key(|name| name.len())
}

fn text<'a>(arena: &'a Arena<'a>, text: String) -> Node<'a> {
    arena.alloc(AstNode::from(NodeValue::Text(text.into())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        to_html(source, &[]).trim_end().to_owned()
    }

    #[test]
    fn what_people_write() {
        assert_eq!(
            html("# Plan\n\n**Now**, ~~later~~ `x < y`\nand\n\n- one\n- two"),
            "<h3>Plan</h3>\n<p><strong>Now</strong>, <del>later</del> <code>x &lt; y</code><br>\n\
             and</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
        );
        assert_eq!(
            html("see https://example.com/a?b=c"),
            "<p>see <a href=\"https://example.com/a?b=c\" rel=\"nofollow noopener\">\
             https://example.com/a?b=c</a></p>"
        );
        assert!(html("| a | b |\n|---|---|\n| 1 | 2 |").contains("<td>2</td>"));
        assert_eq!(
            html("```rust\nlet a = \"<b>\";\n```"),
            "<pre><code>let a = \"&lt;b&gt;\";\n</code></pre>"
        );
    }

    #[test]
    fn html_is_text() {
        for source in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "a <b onclick=\"alert(1)\">b</b>",
            "<style>body{display:none}</style>",
            "<form action=/api/projects/delete><input name=id></form>",
            "<!-- <script>alert(1)</script> -->",
            "<svg/onload=alert(1)>",
            "<p class=\"alert\" id=\"main\" style=\"position:fixed\">",
            "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
        ] {
            let html = html(source);
            for tag in [
                "<script", "<img", "<b ", "<style", "<form", "<!--", "<svg", "<p ", "<iframe",
            ] {
                assert!(!html.contains(tag), "{source} → {html}");
            }
            assert!(html.contains("&lt;"), "{source} → {html}");
        }
    }

    #[test]
    fn links_lead_nowhere_dangerous() {
        for target in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "&#106;avascript:alert(1)",
            "javascript&colon;alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "file:///etc/passwd",
        ] {
            for source in [
                format!("[x]({target})"),
                format!("[x](<{target}>)"),
                format!("<{target}>"),
                format!("[x][y]\n\n[y]: {target}"),
                format!("![x]({target})"),
            ] {
                let html = html(&source);
                for link in html.split("href=\"").skip(1) {
                    let link = link.split('"').next().unwrap();
                    let base = url::Url::parse("https://own.test/app/").unwrap();
                    let scheme = base.join(link).unwrap().scheme().to_owned();
                    assert_eq!(scheme, "https", "{source} → {html}");
                }
            }
        }
        let quoted = html("[x](https://e.test/\"onmouseover=\"alert(1) \"title\")");
        assert!(!quoted.contains(" onmouseover"), "{quoted}");
    }

    #[test]
    fn a_picture_is_a_link_to_it() {
        assert_eq!(
            html("![A cat](https://e.test/cat.png)"),
            "<p><a href=\"https://e.test/cat.png\" rel=\"nofollow noopener\">A cat</a></p>"
        );
        assert!(html("![](https://e.test/cat.png)").contains(">https://e.test/cat.png</a>"));
    }

    #[test]
    fn mentions_are_marked_in_text_alone() {
        let names = ["Ada", "Ada Lovelace", "<b>Eve</b>", ""];
        let html = |source| to_html(source, &names).trim_end().to_owned();
        assert_eq!(
            html("Thanks, @Ada Lovelace and @Ada!"),
            "<p>Thanks, <span class=\"mention\">@Ada Lovelace</span> and \
             <span class=\"mention\">@Ada</span>!</p>"
        );
        for source in ["@Adam", "`@Ada`", "    @Ada", "@", "@@", "@ada"] {
            assert!(!html(source).contains("mention"), "{source}");
        }
        // A name is a text, whoever chose it.
        assert!(!html("@<b>Eve</b>").contains("<b>"));
        assert!(!html("\\@<b>Eve</b>").contains("<b>"));
    }

    #[test]
    fn what_is_nested_too_deep_is_plain_text() {
        let shallow = html(&format!("{} deep", ">".repeat(20)));
        assert_eq!(shallow.matches("<blockquote>").count(), 20);
        let deep = html(&format!("{} <b>deep", ">".repeat(200)));
        assert!(
            !deep.contains("<blockquote>") && deep.contains("&lt;b&gt;deep"),
            "{deep}"
        );
    }

    #[test]
    fn what_is_made_to_take_long_does_not() {
        for piece in [
            ">", "[", "![", "*a_", "<", "`", "- ", "|a", "((", "@", "[a](", "**", "\\", "&", "#",
        ] {
            let source = piece.repeat(20_000 / piece.len());
            let began = std::time::Instant::now();
            let html = to_html(&source, &["Ada"]);
            assert!(began.elapsed().as_secs() < 5, "{piece}");
            assert!(!html.contains("<script"));
        }
    }
}
